import { createServer } from 'node:http';

const port = process.env.PORT || 3000;

createServer((request, response) => {
  if (request.url === '/api/status') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'ok' }));
    return;
  }
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end('Hello from Node\n');
}).listen(port, () => console.log(`listening on http://localhost:${port}`));
