import { expect, test } from 'vitest';
import { isErrorLine } from '../../src/runtime/logs/error-lines.ts';

test.each([
  'ERROR:    Exception in ASGI application',
  'Traceback (most recent call last):',
  "ModuleNotFoundError: No module named 'server'",
  'TypeError: x is not a function',
  'sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection refused',
  'java.lang.NullPointerException',
  'Error: listen EADDRINUSE: address already in use :::8000',
  '    errno: -98, code: EADDRINUSE',
  'npm ERR! code ELIFECYCLE',
  '\u001b[31m✘\u001b[0m \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m Could not resolve "./x"',
  '\u001b[31mEr\u001b[1mror\u001b[0m: coloured in the middle',
  '8:12:01 AM [vite] Internal server error: Failed to resolve import',
  'sh: 1: vite: not found',
  'zsh: command not found: uvicorn',
  'panic: runtime error: index out of range',
  'FATAL:  password authentication failed for user "me"',
  '{"level":"error","msg":"boom"}',
  'level=error msg=boom',
  'UnhandledPromiseRejection: x, Uncaught (in promise)',
  '127.0.0.1 - - "GET /api HTTP/1.1" 500 -',
  'INFO:     127.0.0.1:1234 - "GET /x HTTP/1.1" 503 Service Unavailable',
  ' GET /api/users 500 in 12ms',
  'src/a.ts(3,1): error TS2304: Cannot find name',
])('`%s` reports an error', (line) => expect(isErrorLine(line)).toBe(true));

test.each([
  '',
  'VITE v8.3.8  ready in 312 ms',
  'Found 0 errors. Watching for file changes.',
  'compiled successfully with no errors',
  '12 passed, 0 failed',
  '{"status":"ok","error":null}',
  'errors: 0, warnings: 3',
  'INFO:     Uvicorn running on http://127.0.0.1:8000',
  '127.0.0.1 - - "GET /api HTTP/1.1" 200 -',
  'GET /api 200 in 500ms',
  'GET /page/500 200 in 4ms',
  'listening on port 5000',
  'terrorist.txt mirrored',
])('`%s` reports none', (line) => expect(isErrorLine(line)).toBe(false));
