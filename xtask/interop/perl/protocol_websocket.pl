#!/usr/bin/perl
# Debian's libprotocol-websocket-perl: all four versions in both roles, here on blocking sockets.
# usage: protocol_websocket.pl [--early] [--no-length] client|server PORT VERSION
#   --early      hybi00 server: send the response head before key3 is there, as behind a proxy
#   --no-length  hybi00 client: leave out the `Content-Length: 8` that it adds and the draft does not have
# It prints the lines that ../python/common.py tells of.
use strict;
use warnings;
use utf8;
use Encode qw(encode_utf8);
use IO::Select;
use IO::Socket::INET;

$| = 1;
my %flags;
$flags{ shift @ARGV } = 1 while @ARGV && $ARGV[0] =~ /^--/;
my ($role, $port, $version) = @ARGV;
unless (eval { require Protocol::WebSocket; require Protocol::WebSocket::Handshake::Client;
               require Protocol::WebSocket::Handshake::Server; require Protocol::WebSocket::Frame; 1 }) {
    print "missing Protocol::WebSocket\n";
    exit;
}
my %drafts = (hixie75 => 'draft-hixie-75', map { ("hybi$_" => "draft-ietf-hybi-$_") } qw(00 10 17));
my $draft = $drafts{$version} or die "unknown version $version\n";
my $sentinel = $version eq 'hixie75' || $version eq 'hybi00';

my $ascii   = join '', map chr, 0x20 .. 0x7e;
my $scripts = encode_utf8('Grüße, Ελληνικά, Русский, עברית, العربية, हिन्दी, ไทย, 日本語, 한국어, 👋🏽 𝄞');
my $binary  = join('', map chr, 0 .. 255) x 4;
my $large   = $scripts x int(2**20 / length $scripts) . 'x' x (2**20 % length $scripts);
my @pieces  = (substr($scripts, 0, 3), '', substr($scripts, 3, 52), substr($scripts, 55));
my ($ping, $reason) = ('are you there?', 'that is all');

# What is sent and received after the handshake, for either role.
my ($sock, $frame);
sub put {
    my %args = (version => $draft, masked => $role eq 'client' && !$sentinel, max_payload_size => 0, @_);
    my $bytes = Protocol::WebSocket::Frame->new(%args)->to_bytes;
    while (length $bytes) {
        defined(my $n = syswrite $sock, $bytes) or die "write: $!\n";
        substr($bytes, 0, $n, '');
    }
}
sub get {    # the next frame's payload, nothing at the end of the stream
    while (1) {
        my $data = $frame->next_bytes;
        return $data if defined $data;
        sysread $sock, my $read, 65536 or return;
        $frame->append($read);
    }
}
sub put_fragments {
    put(type => $_ ? 'continuation' : 'text', fin => $_ == $#pieces ? 1 : 0, buffer => $pieces[$_]) for 0 .. $#pieces;
}
sub new_frame { Protocol::WebSocket::Frame->new(version => $draft, max_payload_size => 0) }

print "peer Protocol::WebSocket $Protocol::WebSocket::VERSION\n";
$role eq 'client' ? client() : server();

sub client {
    my $same = sub {
        my ($got, $expected) = @_;
        die 'got ', defined $got ? length $got : 'no', ' bytes, expected ', length $expected, "\n"
            unless defined $got && $got eq $expected;
    };
    my $echo = sub {
        my ($type, $message) = @_;
        put(type => $type, buffer => $message);
        $same->(get(), $message);
        die "got another type than $type\n" if !$sentinel && ($frame->is_binary xor $type eq 'binary');
    };
    my @checks = (
        open    => \&open_client,
        ascii   => sub { $echo->(text => $ascii) },
        scripts => sub { $echo->(text => $scripts) },
        empty   => sub { $echo->(text => ''); $echo->(binary => '') unless $sentinel },
        lengths => sub { $echo->(text => 'a' x $_) for 1, 125, 126, 127, 65535, 65536 },
        large   => sub { $echo->(text => $large) },
    );
    push @checks,
        binary    => sub { $echo->(binary => $binary) },
        fragments => sub { put_fragments(); $same->(get(), $scripts) },
        ping      => sub { put(type => 'ping', buffer => $ping); $same->(get(), $ping); $frame->is_pong or die "no pong\n" }
        unless $sentinel;
    push @checks, close => \&close_client;
    push @checks, subprotocol => sub { open_client('page.hybi') };
    push @checks, 'ping-back' => \&ping_back, 'close-back' => \&close_back unless $sentinel;
    @checks = @checks[0 .. $#checks - ($sentinel ? 2 : 6)] if ($ENV{PAGE} // '') eq 'no';
    while (my ($name, $check) = splice @checks, 0, 2) {
        local $SIG{ALRM} = sub { die "timeout\n" };
        alarm 20;
        my $done = eval { $check->(); 1 };
        alarm 0;
        print $done ? "ok $name\n" : "FAIL $name $@" =~ s/\s+/ /gr . "\n";
        last unless $done;
    }
    print "done\n";
}

# Connects, and offers a subprotocol if one is given.
sub open_client {
    my ($subprotocol) = @_;
    $sock = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port) or die "connect: $!\n";
    binmode $sock;
    my $handshake = Protocol::WebSocket::Handshake::Client->new(url => "ws://127.0.0.1:$port/echo", version => $draft);
    $handshake->req->subprotocol($subprotocol) if defined $subprotocol;
    my $request = $handshake->to_string;
    $request =~ s/^Content-Length: 8\x0d\x0a//m if $flags{'--no-length'};
    syswrite $sock, $request;
    my $rest = '';
    my $answer = '';
    until ($handshake->is_done) {
        sysread $sock, $rest, 4096 or die "end of stream in the handshake: $answer\n";
        $answer .= $rest;
        $handshake->parse($rest) or die 'handshake: ', $handshake->error, ": $answer\n";
        # Its parser waits for more after a refusal.
        die "refused: $answer\n" if $answer =~ /^HTTP\/1\.\d (?!101)/;
    }
    # The frames are told the version: its response parser calls every hybi hybi10.
    ($frame = new_frame())->append($rest);
    return unless defined $subprotocol;
    my $chosen = $handshake->res->subprotocol;
    die 'chosen ', $chosen // 'none', "\n" unless ($chosen // '') eq $subprotocol;
}

sub close_client {
    if ($version eq 'hixie75') {    # has no closing handshake: the stream ends
        shutdown $sock, 1;
        defined get() and die "a frame after the end\n";
        return;
    }
    put(type => 'close', buffer => $sentinel ? '' : pack('n', 1000) . $reason);
    my $bye = get();
    die "end of stream instead of a close\n" unless defined $bye && $frame->is_close;
    die 'code ', unpack('n', $bye), "\n" unless $sentinel || unpack('n', $bye) == 1000;
}

sub ping_back {
    put(type => 'text', buffer => '/ping');
    while (1) {
        my $data = get();
        die "no pong seen\n" unless defined $data;
        put(type => 'pong', buffer => $data) if $frame->is_ping;
        return if $data =~ /^# pong/;
    }
}

sub close_back {
    put(type => 'text', buffer => '/close 4001 as you asked');
    my $data = get();
    die "no close\n" unless defined $data && $frame->is_close;
    die 'code ', unpack('n', $data), "\n" unless unpack('n', $data) == 4001;
    put(type => 'close', buffer => $data);
}

sub server {
    my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 5) or die "listen: $!\n";
    print 'READY ', $listener->sockport, "\n";
    my $select = IO::Select->new($listener, \*STDIN);
    while (1) {
        for my $ready ($select->can_read) {
            if ($ready == \*STDIN) { sysread STDIN, my $ignored, 4096 or exit; next }
            $sock = $listener->accept or next;
            binmode $sock;
            alarm 60;    # a connection that hangs ends the peer
            eval { serve(); 1 } or print STDERR "error: $@";
            alarm 0;
            close $sock;
        }
    }
}

sub serve {
    my $handshake = Protocol::WebSocket::Handshake::Server->new;
    my $sent_head;
    until ($handshake->is_done) {
        sysread $sock, my $read, 4096 or die "end of stream in the handshake\n";
        $handshake->parse($read) or die 'handshake: ', $handshake->error, "\n";
        # is_body: the head is whole and key3 is not there yet. to_string gives the head now, the checksum later.
        syswrite $sock, $handshake->to_string if $flags{'--early'} && $handshake->is_body && !$sent_head++;
    }
    syswrite $sock, $handshake->to_string;
    $frame = new_frame();
    while (defined(my $data = get())) {
        if ($frame->is_close) { put(type => 'close', buffer => $data); return }
        if ($frame->is_ping) { put(type => 'pong', buffer => $data); next }
        if ($frame->is_pong) { put(type => 'text', buffer => 'pong') if $data eq $ping; next }
        if ($data eq '!close') {
            return if $version eq 'hixie75';
            put(type => 'close', buffer => $sentinel ? '' : pack('n', 1000) . $reason);
            my $answer = get();
            print STDERR "no answer to the close\n" unless defined $answer && $frame->is_close;
            return;
        }
        if ($data eq '!fragments' && !$sentinel) { put_fragments(); next }
        if ($data eq '!ping' && !$sentinel) { put(type => 'ping', buffer => $ping); next }
        put(type => $frame->is_binary ? 'binary' : 'text', buffer => $data);
    }
}
