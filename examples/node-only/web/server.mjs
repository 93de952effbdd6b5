import { readFileSync } from 'node:fs';
import { request as ask, createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3000);
const api = process.env.API_URL ?? 'http://localhost:3001';
const page = readFileSync(new URL('index.html', import.meta.url));

createServer((request, response) => {
  if (request.url?.startsWith('/api/')) forward(request, response);
  else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
}).listen(port, 'localhost', () => console.log(`web on http://localhost:${port}, its API is ${api}`));

function forward(request, response) {
  ask(new URL(request.url, api), { method: request.method }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  })
    .on('error', () => response.writeHead(502).end('the API does not answer'))
    .end();
}
