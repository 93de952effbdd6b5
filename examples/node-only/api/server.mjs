import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3001);

createServer((request, response) => {
  const found = request.url === '/api/status';
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(found ? { status: 'ok', service: 'api', pid: process.pid } : { error: 'not found' }));
}).listen(port, 'localhost', () => console.log(`api on http://localhost:${port}`));
