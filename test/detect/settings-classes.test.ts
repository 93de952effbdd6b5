import { expect, test } from 'vitest';
import { type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const GO = { 'go.mod': 'module example.com/x\n' };
const GO_MAIN = 'package main\n\nfunc main() {\n\tload("config.toml")\n\thttp.ListenAndServe(address, nil)\n}\n';
const AXUM = { 'Cargo.toml': '[package]\nname = "x"\n[dependencies]\naxum = "0.7"\n' };
const NODE = { 'package.json': packageJson(['express'], { dev: 'node server.js' }) };
const NEST = { 'package.json': packageJson(['@nestjs/core'], { dev: 'nest start --watch' }) };
const BOOTSTRAP =
  "import { NestFactory } from '@nestjs/core';\nimport { ConfigService } from '@nestjs/config';\nimport { AppModule } from './app.module';\nconst app = await NestFactory.create(AppModule);\nawait app.listen(app.get(ConfigService).getOrThrow('app.port', { infer: true }));\n";

/** Where the port is written, the repository, and the port. */
const FOUND: readonly (readonly [string, Files, number])[] = [
  [
    'an example of an env file whose name has more to it',
    { ...NODE, 'server.js': serverOn('process.env.APP_PORT'), 'env-example-postgres': 'APP_PORT=4301\n' },
    4301,
  ],
  [
    'the env file of the whole repository, under a name of its own',
    {
      'web/package.json': packageJson(['vite'], { dev: 'vite' }),
      'web/vite.config.ts':
        "const env = loadEnv(mode, '../');\nexport default { server: { port: Number(env.VITE_APP_PORT || 3000) } };\n",
      '.env.development': 'VITE_APP_PORT=4302\n',
    },
    4302,
  ],
  [
    'the tag of a field that is filled from the environment',
    {
      ...GO,
      'main.go':
        'package main\n\ntype Config struct {\n\tPort string `env:"PORT,default=4303"`\n}\n\nfunc main() {\n\thttp.ListenAndServe(":80", challenges)\n\thttp.ListenAndServe(":" + config.Port, nil)\n}\n',
    },
    4303,
  ],
  [
    'a field of a struct, not in the address of a client',
    {
      ...GO,
      'main.go':
        'package main\n\nvar defaults = Server{\n\tPort: 81,\n}\n\nfunc main() {\n\tclientAddress = "127.0.0.1:65535"\n\thttp.ListenAndServe(address, nil)\n}\n',
    },
    81,
  ],
  [
    'the sample of a settings file that the sources name',
    { ...GO, 'main.go': GO_MAIN, 'config.toml.sample': '[app]\naddress = "localhost:4304"\n[db]\nport = 5433\n' },
    4304,
  ],
  [
    'an ini file that the sources name',
    {
      ...GO,
      'main.go': 'package main\n\nfunc main() {\n\tload("conf/app.ini")\n\thttp.ListenAndServe(address, nil)\n}\n',
      'conf/app.ini': '[app]\nPageSize = 10\n\n[server]\n# of developers\nHttpPort = 4306\n',
    },
    4306,
  ],
  [
    'a settings folder that the sources name',
    {
      ...AXUM,
      'src/main.rs': 'fn main() { let file = directory.join("base.yaml"); }\n',
      'configuration/base.yaml': 'application:\n  port: 4305\ndatabase:\n  port: 5432\n',
    },
    4305,
  ],
  [
    'the settings that a Nest module registers',
    {
      ...NEST,
      'src/main.ts': BOOTSTRAP,
      'src/app.module.ts': "import appConfig from './app.config';\nexport class AppModule {}\n",
      'src/app.config.ts':
        "import { registerAs } from '@nestjs/config';\nexport default registerAs('app', () => {\n  return { port: process.env.APP_PORT ? parseInt(process.env.APP_PORT, 10) : 4306 };\n});\n",
    },
    4306,
  ],
  [
    'the settings that a function returns to Nest',
    {
      ...NEST,
      'src/main.ts': BOOTSTRAP,
      'src/app.module.ts': "import configuration from './configuration';\nexport class AppModule {}\n",
      'src/configuration.ts': 'export default () => ({ app: { port: 4307 } });\n',
    },
    4307,
  ],
];

test.each(FOUND)('the port is found in %s', async (_, files, port) => {
  expect((await onlyServiceIn(files)).port).toBe(port);
});

test('a settings file that no source names says nothing about the port', async () => {
  const service = await onlyServiceIn({
    ...GO,
    'main.go': GO_MAIN.replace('config.toml', 'other.toml'),
    'config.toml': '[app]\naddress = "localhost:4308"\n',
  });
  expect(service.portSource).toBe('framework default');
});

test('PORT in the env file of the whole repository does not move a service that has a port of its own', async () => {
  const service = await onlyServiceIn({
    'api/package.json': packageJson(['express'], { dev: 'node server.js' }),
    'api/server.js': serverOn('process.env.PORT || 4309'),
    '.env': 'PORT=8000\n',
  });
  expect(service.port).toBe(4309);
});

function serverOn(port: string): string {
  return `require('express')().listen(${port});\n`;
}
