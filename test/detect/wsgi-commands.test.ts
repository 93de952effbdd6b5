import { expect, test } from 'vitest';
import { type Files, onlyServiceIn } from './repository-of.ts';

const FLASK: Files = {
  'requirements.txt': 'flask\ngunicorn\n',
  'shop.py': 'from flask import Flask\napp = Flask(__name__)\n',
};
const MAIN: Files = { 'shop.py': `${FLASK['shop.py']}if __name__ == "__main__":\n    app.run(port=4500)\n` };
const CONF: Files = { 'conf.py': 'bind = "127.0.0.1:4501"\n' };

function makes(command: string, target = 'run'): Files {
  return { Makefile: `${target}:\n\t${command}\n` };
}

/** What is written, the repository's other files, the port, and the command. */
const WRITTEN: readonly (readonly [string, Files, number, string])[] = [
  [
    'gunicorn with a file of settings',
    { ...CONF, ...makes('gunicorn -c conf.py shop:app') },
    4501,
    'python3 -m gunicorn -c conf.py shop:app --reload --bind 127.0.0.1:$PORT',
  ],
  [
    'gunicorn, whose settings read a variable',
    {
      ...makes('gunicorn --config deploy/conf.py shop:app'),
      'deploy/conf.py': 'import os\nport = os.environ.get("SHOP_PORT", 4502)\nbind = f"0.0.0.0:{port}"\n',
    },
    4502,
    'python3 -m gunicorn --config deploy/conf.py shop:app --reload --bind 127.0.0.1:$PORT',
  ],
  [
    'gunicorn with an address',
    { 'README.md': '    gunicorn -b 127.0.0.1:4503 shop:app\n' },
    4503,
    'python3 -m gunicorn -b 127.0.0.1:$PORT shop:app --reload',
  ],
  [
    'gunicorn that is given no address',
    { 'README.md': '    gunicorn shop:app\n' },
    8000,
    'python3 -m gunicorn shop:app --reload --bind 127.0.0.1:$PORT',
  ],
  [
    'gunicorn that reloads, before what its file does',
    { ...MAIN, ...makes('gunicorn --reload -b :4504 shop:app', 'web') },
    4504,
    'python3 -m gunicorn --reload -b :$PORT shop:app',
  ],
  [
    'a task for developers, before what its file does',
    { ...MAIN, ...CONF, ...makes('gunicorn -c conf.py shop:app') },
    4501,
    'python3 -m gunicorn -c conf.py shop:app --reload --bind 127.0.0.1:$PORT',
  ],
  [
    'a task of another name, after what its file does',
    { ...MAIN, ...CONF, ...makes('gunicorn -c conf.py shop:app', 'production') },
    4500,
    'python3 -m flask run --port $PORT',
  ],
  [
    'waitress with a port',
    makes('waitress-serve --port=4505 shop:app'),
    4505,
    'python3 -m waitress --port=$PORT shop:app',
  ],
  [
    'waitress, which takes options before the application only',
    makes('waitress-serve --call shop:create_app'),
    8080,
    'python3 -m waitress --port $PORT --call shop:create_app',
  ],
  [
    'waitress with an address',
    makes('waitress-serve --listen=*:4506 shop:app'),
    4506,
    'python3 -m waitress --listen=0.0.0.0:$PORT shop:app',
  ],
  [
    'uWSGI with a file of settings',
    { ...makes('uwsgi --ini etc/shop.ini'), 'etc/shop.ini': '[uwsgi]\nmodule = shop:app\nhttp = :4507\n' },
    4507,
    'uwsgi --ini etc/shop.ini',
  ],
  [
    'uWSGI with an address',
    makes('uwsgi --socket 0.0.0.0:4508 --protocol=http -w shop:app'),
    4508,
    'uwsgi --socket 0.0.0.0:$PORT --protocol=http -w shop:app',
  ],
  [
    'uWSGI behind another server',
    { ...makes('uwsgi --ini shop.ini'), 'shop.ini': '[uwsgi]\nsocket = /run/shop.sock\n' },
    5000,
    'python3 -m flask run --port $PORT',
  ],
  [
    'gunicorn behind another server',
    makes('gunicorn --bind unix:/run/shop.sock shop:app'),
    5000,
    'python3 -m flask run --port $PORT',
  ],
  [
    'the settings that a Procfile names, which say the port alone',
    { ...CONF, Procfile: 'web: gunicorn -c conf.py shop:app\n' },
    4501,
    'python3 -m flask run --port $PORT',
  ],
  [
    'nothing of its own, where a Procfile leaves the port to gunicorn',
    { Procfile: 'web: gunicorn shop:app\n' },
    5000,
    'python3 -m flask run --port $PORT',
  ],
  [
    'gunicorn for another application',
    { ...CONF, ...makes('gunicorn -c conf.py other:app') },
    5000,
    'python3 -m flask run --port $PORT',
  ],
];

test.each(WRITTEN)('an application of Flask is served by %s', async (_, files, port, command) => {
  const service = await onlyServiceIn({ ...FLASK, ...files });
  expect(service).toMatchObject({ framework: 'flask', port, command });
});

test('an application of FastAPI has the port of the gunicorn that serves it', async () => {
  const service = await onlyServiceIn({
    'requirements.txt': 'fastapi\ngunicorn\nuvicorn\n',
    'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
    Makefile: 'run:\n\tgunicorn -k uvicorn.workers.UvicornWorker -c conf.py main:app\n',
    ...CONF,
  });
  expect(service.port).toBe(4501);
});

test('what a Makefile sets for gunicorn is taken over where it means the same without make', async () => {
  const service = await onlyServiceIn({
    ...FLASK,
    Makefile:
      'export PATH := $(CURDIR)/bin:$(PATH)\nexport SHOP_MODE = local\nrun:\n\tSHOP_DEBUG=1 gunicorn shop:app\n',
  });
  expect(service.env).toEqual({ SHOP_MODE: 'local', SHOP_DEBUG: '1' });
});
