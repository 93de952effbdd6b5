# The smallest server there is without a compiler: what a start of it costs is the cost of whoever starts it.
# It touches its file once it listens; every request is answered with `ok`.
my ($port, $file) = @ARGV;
socket(SERVER, 2, 1, 6) or die "socket: $!";
setsockopt(SERVER, 1, 2, 1);
bind(SERVER, pack('S n N x8', 2, $port, 0x7f000001)) or die "bind: $!";
listen(SERVER, 128) or die "listen: $!";
open my $mark, '>', $file or die "$file: $!";
close $mark;
while (accept(my $client, SERVER)) {
  sysread $client, my $request, 4096;
  syswrite $client, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";
}
