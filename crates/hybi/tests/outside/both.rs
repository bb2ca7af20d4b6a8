//! What a user of hybi may write who wants two versions and compression: a conversation of both ends in memory.

use hybi::deflate::{Config, Pool};
use hybi::{Client, ClientConfig, Error, Event, Offer, SUPPORTED, Server, ServerConfig, Url, Version};

fn main() -> Result<(), Error> {
    for version in SUPPORTED {
        println!("{version} {}", echo(version)?);
    }
    let offer = Offer::new(Url::parse("ws://localhost/")?).version(Version::Hybi00);
    println!("{}", Client::with(&offer, &ClientConfig::new()).expect_err("not compiled in"));
    Ok(())
}

/// The bytes that the client writes for a message of 10000, which comes back.
fn echo(version: Version) -> Result<usize, Error> {
    let pool = Pool::new(4);
    let offer = Offer::new(Url::parse("ws://localhost/chat")?).version(version);
    let mut client = Client::with(&offer, &ClientConfig::new().deflate(Config::new(), &pool))?;
    let mut server = Server::with(&ServerConfig::new().deflate(Config::new(), &pool));
    let (mut to_server, mut to_client, mut written) = (Vec::new(), Vec::new(), 0);
    client.send_request(&mut to_server);
    loop {
        let mut sent = core::mem::take(&mut to_server);
        let mut input = &mut sent[..];
        while let Some(event) = server.receive(&mut input, &mut to_client)? {
            match event {
                Event::Request(request) => server.accept(&request, &mut to_client)?,
                Event::Text(text) => server.send_text(&text, &mut to_client)?,
                _ => {}
            }
        }
        let mut sent = core::mem::take(&mut to_client);
        let mut input = &mut sent[..];
        while let Some(event) = client.receive(&mut input, &mut to_server)? {
            match event {
                Event::Connected(_) => {
                    client.send_text(&"0123456789".repeat(1000), &mut to_server)?;
                    written = to_server.len();
                }
                Event::Text(text) => {
                    assert_eq!(text.len(), 10_000);
                    return Ok(written);
                }
                _ => {}
            }
        }
    }
}
