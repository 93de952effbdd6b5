const [greeting, status] = await Promise.all([get('/api/greeting'), get('/api/status')]);
document.querySelector('#greeting').textContent = greeting.message;
document.querySelector('#status').textContent = status.status;

async function get(path) {
  const response = await fetch(path);
  return response.json();
}
