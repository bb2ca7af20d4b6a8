//! The facts hold together: names are unique, lead back to their version, and what differs is what the drafts say.

use hybi_version::{Role, Version, Versions, Wire};

#[test]
fn every_name_and_alias_leads_back_to_its_version() {
    for version in Version::ALL {
        let facts = version.facts();
        assert_eq!(facts.version, version);
        for name in facts.aliases.iter().chain([&facts.name, &facts.feature]) {
            assert_eq!(name.parse(), Ok(version), "{name}");
            assert_eq!(name.to_ascii_uppercase().parse(), Ok(version), "{name}");
        }
    }
}

#[test]
fn unknown_names_are_refused_with_what_is_known() {
    let error = "draft-ietf-hybi-03".parse::<Version>().unwrap_err();
    for version in Version::ALL {
        assert!(error.to_string().contains(version.name()), "{error}");
    }
    assert!("".parse::<Version>().is_err());
}

#[test]
fn numbers_are_those_of_the_registry() {
    let known: Vec<_> =
        (0..=255).filter_map(|number| Version::from_number(number).map(|version| (number, version))).collect();
    assert_eq!(known, [(7, Version::Hybi10), (8, Version::Hybi10), (13, Version::Hybi17)]);
}

#[test]
fn only_the_two_old_drafts_have_sentinels_and_nothing_but_text() {
    for version in Version::ALL {
        let old = version <= Version::Hybi00;
        assert_eq!(version.wire() == Wire::Sentinel, old);
        assert_eq!(version.can().binary, !old);
        assert_eq!(version.can().ping, !old);
        assert_eq!(version.facts().location_response.is_some(), old);
        assert_eq!(version.facts().numbers.is_empty(), old);
    }
    assert!(!Version::Hixie75.can().close_handshake);
    assert!(Version::Hybi00.can().close_handshake);
    assert!(!Version::Hybi00.can().close_codes);
}

#[test]
fn sets_behave_as_sets() {
    assert_eq!(Versions::ALL.iter().collect::<Vec<_>>(), Version::ALL);
    assert_eq!(Versions::NONE.latest(), None);
    assert!(Versions::NONE.is_empty());
    for version in Version::ALL {
        let one = Versions::only(version);
        assert_eq!((one.len(), one.latest()), (1, Some(version)));
        assert!(!Versions::ALL.without(version).contains(version));
        assert_eq!(Versions::ALL.without(version).with(version), Versions::ALL);
        assert_eq!(Versions::ALL.without(version).intersection(one), Versions::NONE);
    }
    assert_eq!(Version::ALL.into_iter().collect::<Versions>(), Versions::ALL);
}

#[test]
fn only_the_client_masks() {
    assert!(Role::Client.masks());
    assert!(!Role::Server.masks());
    assert_eq!(Role::Client.peer(), Role::Server);
    assert_eq!(Role::Server.peer().peer(), Role::Server);
}
