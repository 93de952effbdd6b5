import { type Candidate, NO_PORT, type Rule } from '../candidate.ts';
import type { ServiceKind } from '../detection.ts';
import { type ComposeService, composeServices } from '../manifests/compose.ts';
import { baseName } from '../repository/paths.ts';
import { propose } from './propose.ts';

/** Images of things that servers need: what they are, and the port they listen on. */
const IMAGES: readonly (readonly [RegExp, string, ServiceKind, number])[] = [
  [/postgres|postgis|timescale|pgvector|paradedb|supabase\/postgres/, 'postgres', 'database', 5432],
  [/mysql|mariadb|percona/, 'mysql', 'database', 3306],
  [/mongo(?!-express)/, 'mongodb', 'database', 27017],
  [/redis(?!-?commander|-?insight)|valkey|keydb|dragonfly/, 'redis', 'database', 6379],
  [/mssql|azure-sql-edge/, 'sqlserver', 'database', 1433],
  [/memcached/, 'memcached', 'database', 11211],
  [/elasticsearch|opensearch(?!-dashboards)/, 'elasticsearch', 'database', 9200],
  [/clickhouse/, 'clickhouse', 'database', 8123],
  [/cockroach/, 'cockroachdb', 'database', 26257],
  [/cassandra|scylla/, 'cassandra', 'database', 9042],
  [/neo4j/, 'neo4j', 'database', 7687],
  [/dynamodb-local/, 'dynamodb', 'database', 8000],
  [/influxdb/, 'influxdb', 'database', 8086],
  [/meilisearch/, 'meilisearch', 'database', 7700],
  [/typesense/, 'typesense', 'database', 8108],
  [/qdrant/, 'qdrant', 'database', 6333],
  [/weaviate/, 'weaviate', 'database', 8080],
  [/chroma/, 'chroma', 'database', 8000],
  [/minio\/minio/, 'minio', 'database', 9000],
  [/rabbitmq/, 'rabbitmq', 'worker', 5672],
  [/kafka|redpanda/, 'kafka', 'worker', 9092],
  [/(^|\/)nats(:|$|-streaming)/, 'nats', 'worker', 4222],
  [/mailhog|mailpit|maildev|mailcatcher|inbucket/, 'mail', 'worker', 8025],
];

/** Databases, brokers and mail catchers of the compose files: to be waited for, never started as web servers. */
export const composeRule: Rule = (repository) =>
  composeServices(repository).flatMap((service) => resourceCandidate(service) ?? []);

function resourceCandidate(service: ComposeService): Candidate | undefined {
  const row = IMAGES.find(([pattern]) => pattern.test((service.image ?? '').toLowerCase()));
  if (
    row === undefined ||
    /kibana|dashboards|console|-ui$/.test((service.image ?? '').toLowerCase()) ||
    /create|init|migrat|backup|seed|setup|exporter|admin|commander|insight/.test(service.name)
  )
    return undefined;
  const [, framework, kind, usual] = row;
  const mapping = service.ports.find(({ container }) => container === usual) ?? service.ports[0];
  const isDefaultFile = /^(docker-)?compose\.ya?ml$/.test(baseName(service.file)) && !service.file.includes('/');
  const command = `docker compose ${isDefaultFile ? '' : `-f ${service.file} `}up ${service.name}`;
  return propose({
    cwd: '.',
    ecosystem: 'docker',
    framework,
    kind,
    label: service.name,
    entry: `compose:${service.name}`,
    command,
    developerCommand: command,
    port: mapping === undefined ? NO_PORT : { port: mapping.host, source: service.file, rank: 3, variable: null },
    confidence: 0.9,
    evidence: [{ file: service.file, line: service.line, says: `\`${service.name}\` runs \`${service.image}\`` }],
    basis: 'named',
  });
}
