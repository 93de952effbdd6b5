const response = await fetch('/api/status');
const { message } = await response.json();
document.querySelector('#message').textContent = message;
