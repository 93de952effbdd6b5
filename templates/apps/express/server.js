import express from 'express';

const app = express();
const port = process.env.PORT || 8000;

app.get('/api/status', (_request, response) => {
  response.json({ status: 'ok', message: 'Hello from Express' });
});

app.listen(port, () => console.log(`listening on http://localhost:${port}`));
