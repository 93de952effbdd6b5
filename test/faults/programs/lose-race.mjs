// Ends as soon as somebody else listens on its port, as a server does that comes too late; the second time it serves.
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';

const port = Number(process.env.PORT);

if (existsSync('lost')) createServer((_, response) => response.end('{}')).listen(port, '127.0.0.1');
else {
  writeFileSync('waiting', '');
  knock();
}

function knock() {
  const socket = connect(port, '127.0.0.1');
  socket.once('error', () => setTimeout(knock, 1));
  socket.once('connect', () => {
    writeFileSync('lost', '');
    console.error('Error: listen EADDRINUSE: address already in use');
    process.exit(1);
  });
}
