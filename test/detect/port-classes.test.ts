import { expect, test } from 'vitest';
import { detectIn, type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const NODE = { 'package.json': packageJson(['express'], { dev: 'node server.js' }) };
const APP = "const app = require('express')();\n";

/** Where the port is written, the repository, the port, and the environment that moves the server. */
const FOUND: readonly (readonly [string, Files, number, Readonly<Record<string, string>>?])[] = [
  [
    'a destructured require',
    {
      ...NODE,
      'server.js': `${APP}const { port } = require('./config');\napp.listen(port);\n`,
      'config.js': 'module.exports = { port: process.env.API_PORT || 4201 };\n',
    },
    4201,
    { API_PORT: '$PORT' },
  ],
  [
    'a parameter default',
    {
      ...NODE,
      'server.js': `${APP}function start(port = 4202) {\n  app.listen(port);\n}\nstart();\n`,
    },
    4202,
  ],
  [
    'what a local function returns',
    {
      ...NODE,
      'server.js': `${APP}const PORT = getPort();\napp.listen(PORT);\nfunction getPort() {\n  return process.env.COLLECTOR_PORT || 4203;\n}\n`,
    },
    4203,
    { COLLECTOR_PORT: '$PORT' },
  ],
  [
    'a field of the class that listens',
    {
      ...NODE,
      'server.js': `${APP}class Shop {\n  port;\n  constructor() {\n    this.port = Number(process.env.SHOP_PORT) || 4220;\n  }\n  start() {\n    app.listen(this.port);\n  }\n}\nnew Shop().start();\n`,
    },
    4220,
    { SHOP_PORT: '$PORT' },
  ],
  [
    'what a module exports by name',
    {
      ...NODE,
      'server.js': `${APP}const settings = require('./settings');\napp.listen(settings.port);\n`,
      'settings.js': 'exports.port = 4221;\n',
    },
    4221,
  ],
  [
    'the server, not the one for profiles beside it',
    {
      'go.mod': 'module x\n',
      'main.go':
        'package main\nimport _ "net/http/pprof"\nfunc main() {\n\tgo func() {\n\t\thttp.ListenAndServe("localhost:4999", nil)\n\t}()\n\trouter := gin.Default()\n\trouter.Run(":4222")\n}\n',
    },
    4222,
  ],
  [
    'the settings, not in a redirect to them',
    {
      'go.mod': 'module x\n',
      'main.go':
        'package main\nvar defaults = Settings{\n\tPort: 4226,\n}\nfunc main() {\n\tgo http.ListenAndServe(":80", redirects())\n\thttp.ListenAndServe(address, routes)\n}\n',
    },
    4226,
  ],
  [
    'an address of two parts',
    {
      'go.mod': 'module x\n',
      'main.go':
        'package main\nvar address = netip.AddrPortFrom(netip.IPv4Unspecified(), 4227)\nfunc main() {\n\thttp.ListenAndServe(address.String(), nil)\n}\n',
    },
    4227,
  ],
  [
    'its own sources, not in those of another program beside it',
    {
      'go.mod': 'module x\n',
      'cmd/server/main.go':
        'package main\nvar address = ":4228"\nfunc main() {\n\thttp.ListenAndServe(address, routes)\n}\n',
      'cmd/config-pages/main.go':
        'package main\nvar port = flag.Int("port", 4999, "")\nfunc main() {\n\tshow(*port)\n}\n',
    },
    4228,
  ],
  [
    'the settings that Feathers reads',
    {
      'package.json': packageJson(['@feathersjs/koa'], { dev: 'nodemon -x ts-node src/index.ts' }),
      'src/index.ts': "import { app } from './app';\nconst port = app.get('port');\napp.listen(port);\n",
      'src/app.ts':
        "import { koa } from '@feathersjs/koa';\nexport const app = koa(feathers());\napp.configure(configuration());\n",
      'config/default.json': { host: 'localhost', port: 4229 },
    },
    4229,
  ],
  [
    'the settings of a server in a folder called build',
    {
      'package.json': packageJson(['webpack', 'express'], { dev: 'node build/dev-server.js' }),
      'build/dev-server.js':
        "const config = require('../config');\nconst port = process.env.PORT || config.dev.port;\nrequire('express')().listen(port);\n",
      'config/index.js': 'module.exports = { build: {}, dev: { port: 4230 } };\n',
    },
    4230,
  ],
  [
    'the server’s flag, not the one for debugging',
    {
      'go.mod': 'module x\n',
      'main.go':
        'package main\nvar debugging = flag.String("debug-addr", ":4999", "debug")\nvar serving = flag.String("addr", ":4223", "http")\nfunc main() {\n\thttp.ListenAndServe(*serving, routes)\n}\n',
    },
    4223,
  ],
  [
    'the script that starts a Rack application',
    {
      'script/server': '#!/bin/sh\nbundle exec rackup -p 4224\n',
      Gemfile: "gem 'rack'\n",
      'config.ru': 'run Shop\n',
    },
    4224,
  ],
  [
    'the configuration of Pyramid',
    {
      'requirements.txt': 'pyramid\n',
      'README.md': '    pserve development.ini --reload\n',
      'development.ini': '[app:main]\nuse = egg:shop\n\n[server:main]\nlisten = localhost:4225\n',
    },
    4225,
  ],
  [
    'a struct tag of its own field',
    {
      'go.mod': 'module example.com/x\n',
      'main.go':
        'package main\n\ntype Options struct {\n\tMaxCommentSize int `long:"max-comment" default:"2048"`\n\tPort int `long:"port" env:"APP_PORT" default:"4204" description:"port"`\n\tSMTPPort int `long:"smtp-port" default:"2525"`\n}\n\nfunc main() {\n\thttp.ListenAndServe(addr, nil)\n}\n',
    },
    4204,
    { APP_PORT: '$PORT' },
  ],
  [
    'a clap attribute above its field',
    {
      'Cargo.toml': '[package]\nname = "x"\n[dependencies]\naxum = "0.7"\n',
      'src/main.rs':
        'struct Args {\n  #[arg(long, default_value = "7000")]\n  limit: u32,\n  #[arg(long, default_value_t = 4205)]\n  port: u16,\n}\nfn main() {}\n',
    },
    4205,
  ],
  [
    'a settings class that a function makes',
    {
      'requirements.txt': 'fastapi\nuvicorn\n',
      'main.py':
        'import uvicorn\nfrom fastapi import FastAPI\nfrom config import get_settings\nsettings = get_settings()\napp = FastAPI()\nif __name__ == "__main__":\n    uvicorn.run("main:app", port=settings.API_PORT)\n',
      'config.py': 'from settings import AppSettings\ndef get_settings():\n    made = AppSettings()\n    return made\n',
      'settings.py': 'class AppSettings(BaseSettings):\n    API_PORT: int = 4206\n',
    },
    4206,
  ],
  [
    'an option of argparse',
    {
      'requirements.txt': 'aiohttp\n',
      'server.py':
        'import argparse\nfrom aiohttp import web\nparser = argparse.ArgumentParser()\nparser.add_argument("--port", type=int, default=4207)\nargs = parser.parse_args()\nweb.run_app(app, port=args.port)\n',
    },
    4207,
  ],
  [
    'the address of a socket server',
    {
      'server.py':
        'import http.server\nimport socketserver\nPORT = 4208\nwith socketserver.TCPServer(("", PORT), http.server.SimpleHTTPRequestHandler) as server:\n    server.serve_forever()\n',
    },
    4208,
  ],
  [
    'the address of PHP’s own server in a script of Composer',
    {
      'composer.json': { require: { php: '>=8' }, scripts: { start: 'php -S localhost:4212 -t public' } },
      'public/index.php': '<?php',
    },
    4212,
  ],
  [
    'a file that is run with an env file, behind a printer of logs',
    {
      'package.json': packageJson(['express'], { dev: 'node-env-run server --exec nodemon | pino-colada' }),
      'server/index.js': `${APP}app.listen(4213);\n`,
    },
    4213,
  ],
  [
    'a Procfile line with a default',
    { 'Procfile.dev': `web: bundle exec puma -p \${PORT:-4209}\n`, Gemfile: 'gem "rack"\n', 'config.ru': 'run App\n' },
    4209,
  ],
  [
    'the script that starts the Procfile',
    {
      'Procfile.dev': 'web: bin/rails server -p $PORT\n',
      'bin/dev': `#!/usr/bin/env sh\nexport PORT="\${PORT:-4210}"\nexec foreman start -f Procfile.dev\n`,
      Gemfile: 'gem "rails"\n',
      'bin/rails': '',
      'config/application.rb': '',
    },
    4210,
  ],
  [
    'the environment of a task, for a server that has no port of its own',
    {
      'Taskfile.yml': "version: '3'\ntasks:\n  dev:\n    env: { API_PORT: '4218' }\n    cmds: [go run .]\n",
      'go.mod': 'module x\n',
      'main.go': 'package main\nfunc main() { http.ListenAndServe(":" + os.Getenv("API_PORT"), nil) }\n',
    },
    4218,
    { API_PORT: '$PORT' },
  ],
  [
    'a variable of the Makefile',
    { ...NODE, Makefile: '# PORT=1234\nexport PORT ?= 4219\n', 'server.js': `${APP}app.listen(process.env.PORT);\n` },
    4219,
  ],
  [
    'what a Procfile line gives a file in its environment',
    {
      'Procfile.dev': `web: PORT=\${PORT:-4214} node server.js\n`,
      'server.js': `${APP}app.listen(process.env.PORT);\n`,
    },
    4214,
  ],
  [
    'a call of waitress on any WSGI application',
    {
      'requirements.txt': 'waitress\n',
      'serve.py': 'from waitress import serve\nfrom shop import app\nserve(app, host="127.0.0.1", port=4215)\n',
    },
    4215,
  ],
  [
    'a call of waitress on an application whose own file serves nothing',
    {
      'requirements.txt': 'waitress\nbottle\n',
      'app.py': 'import bottle\napp = bottle.Bottle()\n',
      'serve.py': 'from waitress import serve\nfrom app import app\nserve(app, port=4218)\n',
    },
    4218,
  ],
  [
    'the server of wsgiref',
    { 'wsgi.py': 'from wsgiref.simple_server import make_server\nmake_server("", 4216, app).serve_forever()\n' },
    4216,
  ],
  ['the configuration of Jekyll', { Gemfile: 'gem "jekyll"\n', '_config.yml': 'title: Shop\nport: 4217\n' }, 4217],
  [
    'the configuration of Vite Ruby',
    {
      'package.json': packageJson(['vite', 'vite-plugin-ruby'], { dev: 'vite' }),
      'config/vite.json': { development: { port: 4211 } },
    },
    4211,
  ],
];

const CASES = FOUND.map(([place, files, port, env = {}]) => ({ place, files, port, env }));

test.each(CASES)('the port of $place is found', async ({ files, port, env }) => {
  const service = await onlyServiceIn(files);
  expect({ port: service.port, env: service.env }).toEqual({ port, env });
});

test('two applications with the same default port get ports of their own', async () => {
  const { services } = await detectIn({
    'apps/admin/package.json': packageJson(['vite', 'vue'], { dev: 'vite' }),
    'apps/shop/package.json': packageJson(['vite', 'vue'], { dev: 'vite' }),
    'apps/tools/package.json': packageJson(['vite', 'vue'], { dev: 'vite --port 5174' }),
  });
  expect(services.map(({ name, port, portSource }) => `${name} ${port} ${portSource}`)).toEqual([
    'admin 5173 framework default',
    "shop 5175 5173 is admin's",
    'tools 5174 apps/tools/package.json:4',
  ]);
});

test('of two services that state one port the one that can take another gets it', async () => {
  const { services, notes } = await detectIn({
    'api/package.json': packageJson(['express'], { dev: 'node server.js' }),
    'api/server.js': "require('express')().listen(4300);\n",
    'jobs/package.json': packageJson(['express'], { dev: 'node server.js' }),
    'jobs/server.js': "require('express')().listen(4300);\n",
    'web/package.json': packageJson(['vite'], { dev: 'vite --port 4300' }),
  });
  expect(services.map(({ name, port }) => `${name} ${port}`)).toEqual(['api 4300', 'jobs 4300', 'web 4301']);
  expect(notes).toEqual(['`jobs` and `api` both listen on 4300: give one of them another port.']);
});

test('a service that reads PORT takes another one without a word in its command', async () => {
  const server = "require('express')().listen(process.env.PORT || 3000);\n";
  const { services, notes } = await detectIn({
    'api/package.json': packageJson(['express'], { dev: 'node server.js' }),
    'api/server.js': server,
    'jobs/package.json': packageJson(['express'], { dev: 'node server.js' }),
    'jobs/server.js': server,
    'site/package.json': packageJson(['next', 'react'], { dev: 'next dev' }),
    'web/package.json': packageJson(['react-scripts', 'react'], { start: 'react-scripts start' }),
  });
  expect(services.map(({ name, command, port }) => `${name} ${command} ${port}`)).toEqual([
    'api npm run dev 3000',
    'jobs npm run dev 3001',
    'site npm run dev 3002',
    'web npm start 3003',
  ]);
  expect(notes).toEqual([]);
});

test('services of one framework have the ports that their images publish', async () => {
  const build = (name: string): Files => ({
    [`shop-${name}/build.gradle`]: 'plugins { id "org.springframework.boot" version "3.2.0" }\n',
    [`shop-${name}/src/main/java/App.java`]: '',
  });
  const { services } = await detectIn({
    ...build('orders'),
    ...build('users'),
    'compose.yaml':
      'services:\n  orders:\n    image: example/shop-orders:latest\n    ports: ["8081:8081"]\n  users:\n    image: example/shop-users\n    ports: ["8082:8082"]\n',
  });
  expect(services.map(({ name, port }) => `${name} ${port}`)).toEqual(['shop-orders 8081', 'shop-users 8082']);
});
