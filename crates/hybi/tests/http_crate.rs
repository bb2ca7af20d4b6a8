//! Clients and servers inside of HTTP libraries, with the types of the crate `http`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use http::{Request, StatusCode, Version};
use hybi::http::ExtendedConnect;
use hybi::{Accept, Client, ClientConfig, ClientConnect, Error, Event, Offer, ServerConfig, Url};

#[test]
fn both_ends() {
    let mut client = Client::new("ws://example.com/chat?room=7").unwrap();
    let mut request = client.http_request().unwrap();
    request.headers_mut().append("x-extra", "1".parse().unwrap());
    let request = request.map(|()| "a body type of the library's");

    let options = ServerConfig::new();
    let upgrade = options.check_http(&request).unwrap();
    assert_eq!(upgrade.resource_name(), "/chat?room=7");
    assert_eq!(upgrade.headers().get_str("X-Extra"), Some("1"));
    let mut accepted = options.accept(&upgrade, Accept::new().header("X-Session", "7")).unwrap();
    let response = accepted.http_response().unwrap();
    assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
    assert_eq!(response.headers()["x-session"], "7");

    client.receive_http_response(&response).unwrap();
    let (mut wire, mut output) = (Vec::new(), Vec::new());
    client.send_text("Hello", &mut wire).unwrap();
    assert_eq!(accepted.server.receive(&mut &mut wire[..], &mut output).unwrap(), Some(Event::Text("Hello".into())));
    assert!(matches!(client.http_request(), Err(Error::ClientHandshake(_))));
}

#[test]
fn refusals() {
    let mut request = Client::new("ws://example.com/").unwrap().http_request().unwrap();
    request.headers_mut().insert("origin", "https://evil.example".parse().unwrap());
    let options = ServerConfig::new();
    let error = options.check_http(&request.into_parts().0).unwrap_err();
    let response = options.http_refusal(&error, Version::HTTP_11);
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert_eq!(response.headers()["connection"], "close");
    assert_eq!(response.into_body(), "pages of this origin may not connect\n");

    let mut client = Client::new("ws://example.com/").unwrap();
    let refusal = http::Response::builder().status(403).body(()).unwrap();
    assert!(client.receive_http_response(&refusal).unwrap_err().to_string().contains("403"));
    let odd = http::Response::builder().status(999).body(()).unwrap();
    let mut client = Client::new("ws://example.com/").unwrap();
    assert!(matches!(client.receive_http_response(&odd), Err(Error::ClientHandshake(_))));
}

#[test]
fn over_http_2() {
    let offer = Offer::new(Url::parse("wss://example.com/chat").unwrap());
    let connect = ClientConnect::new(&offer, &ClientConfig::new()).unwrap();
    let request = connect.http_request().unwrap();
    assert_eq!((request.uri(), request.version()), (&"https://example.com/chat".parse().unwrap(), Version::HTTP_2));

    let options = ServerConfig::new();
    let request = ExtendedConnect::from_http(&request, Some("websocket")).unwrap();
    let accepted = options.accept(&options.check_connect(request).unwrap(), Accept::new()).unwrap();
    let response = accepted.http_response().unwrap();
    assert_eq!((response.status(), response.headers().len()), (StatusCode::OK, 0));
    let (_, mut client) = connect.check_http(&response).unwrap();
    client.send_text("Hello", &mut Vec::new()).unwrap();

    let page = Request::get("https://example.com/").version(Version::HTTP_2).body(()).unwrap();
    let error = options.check_http(&page).unwrap_err();
    assert!(!options.http_refusal(&error, page.version()).headers().contains_key("connection"));
}
