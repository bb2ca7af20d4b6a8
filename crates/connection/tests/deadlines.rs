//! Deadlines, with made-up time.

use core::time::Duration;
use std::time::Instant;

use hybi_connection::{Deadlines, Due, State, Timeouts, Waiting};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_handshake_must_be_done_in_time_however_busy_the_peer_is() {
    let (timeouts, start) = (Timeouts::new(), Instant::now());
    let mut deadlines = Deadlines::new(start);
    deadlines.received(None, start + 9 * SECOND);
    assert_eq!(deadlines.next(&timeouts), Some(start + 10 * SECOND));
    assert_eq!(deadlines.due(&timeouts, start + 9 * SECOND), None);
    assert_eq!(deadlines.due(&timeouts, start + 10 * SECOND), Some(Due::Expired(Waiting::Handshake)));
}

#[test]
fn a_silent_peer_is_pinged_and_then_given_up() {
    let (timeouts, start) = (Timeouts::new(), Instant::now());
    let mut deadlines = Deadlines::new(start);
    deadlines.received(Some(State::Open), start);
    assert_eq!(deadlines.due(&timeouts, start + 30 * SECOND), Some(Due::Ping));
    assert_eq!((deadlines.due(&timeouts, start + 31 * SECOND), deadlines.waiting()), (None, Waiting::Pong));
    // Any sign of life will do.
    deadlines.received(Some(State::Open), start + 40 * SECOND);
    assert_eq!(deadlines.next(&timeouts), Some(start + 70 * SECOND));
    assert_eq!(deadlines.due(&timeouts, start + 70 * SECOND), Some(Due::Ping));
    assert_eq!(deadlines.due(&timeouts, start + 90 * SECOND), Some(Due::Expired(Waiting::Pong)));
}

#[test]
fn the_wait_for_the_peers_close_isnt_prolonged_by_what_it_sends() {
    let (timeouts, start) = (Timeouts::new(), Instant::now());
    let mut deadlines = Deadlines::new(start);
    deadlines.received(Some(State::Open), start);
    deadlines.closing(start + SECOND);
    for second in 2..5 {
        deadlines.received(Some(State::Closing), start + second * SECOND);
        deadlines.closing(start + second * SECOND);
    }
    assert_eq!(deadlines.next(&timeouts), Some(start + 6 * SECOND));
    assert_eq!(deadlines.due(&timeouts, start + 6 * SECOND), Some(Due::Expired(Waiting::Close)));
}

#[test]
fn nothing_is_ever_due_for_who_wants_no_timeouts() {
    let (timeouts, start) = (Timeouts::never(), Instant::now());
    let mut deadlines = Deadlines::new(start);
    for state in [None, Some(State::Open), Some(State::Closing)] {
        deadlines.received(state, start);
        assert_eq!((deadlines.next(&timeouts), deadlines.due(&timeouts, start + 999_999 * SECOND)), (None, None));
    }
    assert!(Deadlines::new(start).next(&timeouts.handshake(Some(SECOND)).ping(None).pong(None).close(None)).is_some());
}
