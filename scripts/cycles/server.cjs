// A server that says a word, so that its log is followed, and answers.
const { createServer } = require('node:http');
const server = createServer((_, response) => response.end('ok'));
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
