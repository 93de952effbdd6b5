// Prints what it must keep to itself, serves until it is asked for `/die`, and then crashes.
import { createServer } from 'node:http';

for (const name of (process.env.BLAB ?? '').split(',')) console.log(`${name} is ${process.env[name] ?? '?'}`);
console.log(process.argv.slice(2).join(' '));
createServer((request, response) => {
  response.end('ok');
  if (request.url === '/die') process.exit(3);
}).listen(Number(process.env.PORT), '127.0.0.1');
