// wait-on asks axios one thing: whether a request is answered with a status of 2xx. follow-redirects, with which axios sends
// its requests, tells that too. Never through a proxy, and without waiting for the body.
import { urlToHttpOptions } from 'node:url';
import followRedirects from 'follow-redirects';

const MAX_REDIRECTS = 5;

function ask({ url, socketPath, method, timeout, httpsAgent }) {
  const target = socketPath === undefined ? urlToHttpOptions(new URL(url)) : { socketPath, path: url };
  const { request } = target.protocol === 'https:' ? followRedirects.https : followRedirects.http;
  const options = { method: method.toUpperCase(), maxRedirects: MAX_REDIRECTS, agents: { https: httpsAgent } };
  return new Promise((resolve, reject) => {
    const question = request({ ...target, ...options }, ({ statusCode: status }) => {
      question.destroy();
      if (status >= 200 && status < 300) resolve({ status });
      else reject(new Error(`status ${status}`));
    });
    question.on('error', reject);
    question.setTimeout(timeout, () => question.destroy(new Error(`no answer within ${timeout} ms`)));
    question.end();
  });
}

export default { create: () => ask };
