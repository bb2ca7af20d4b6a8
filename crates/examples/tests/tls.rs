//! `wss://`: the client trusts the certificate that the example prints, and nobody else's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::io::BufRead as _;
use std::sync::Arc;

use hybi::Version;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use support::{Caller, Example};

#[test]
fn it_echoes_over_tls() {
    let mut example = Example::start("rustls", &[]);
    assert!(example.url.is_secure());
    let mut pem = String::new();
    while !pem.contains("END CERTIFICATE") {
        example.stdout.read_line(&mut pem).unwrap();
    }
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(ring).with_protocol_versions(&[&rustls::version::TLS13]).unwrap();
    let config = Arc::new(config.with_root_certificates(roots).with_no_client_auth());
    for _ in 0..2 {
        let name = ServerName::try_from(example.url.host().to_owned()).unwrap();
        let tls = ClientConnection::new(Arc::clone(&config), name).unwrap();
        Caller::new(StreamOwned::new(tls, example.connect()), &example.url, Version::Hybi17).talk(1_000_000);
    }
}
