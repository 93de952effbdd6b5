import { composeCommand } from '../../plan/compose-command.ts';
import { type Candidate, NO_PORT, type Rule } from '../candidate.ts';
import type { ServiceKind } from '../detection.ts';
import { type ComposeService, composeServices } from '../manifests/compose.ts';
import type { Repository } from '../repository/repository.ts';
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

/** Databases, brokers and mail catchers of the compose files: run by their engine, never started as web servers. */
export const composeRule: Rule = (repository) =>
  composeServices(repository).flatMap((service) => resourceCandidate(repository, service) ?? []);

function resourceCandidate(repository: Repository, service: ComposeService): Candidate | undefined {
  const row = IMAGES.find(([pattern]) => pattern.test((service.image ?? '').toLowerCase()));
  if (
    row === undefined ||
    /kibana|dashboards|console|-ui$/.test((service.image ?? '').toLowerCase()) ||
    /create|init|migrat|backup|seed|setup|exporter|admin|commander|insight/.test(service.name)
  )
    return undefined;
  const [, framework, kind, usual] = row;
  const mapping = service.ports.find(({ container }) => container === usual) ?? service.ports[0];
  if (mapping === undefined) {
    repository.note(
      `\`${service.name}\` of \`${service.file}\` publishes no port to this machine and was left out: ` +
        'only other containers reach it.',
    );
    return undefined;
  }
  return containerCandidate(service, {
    framework,
    kind,
    mapping,
    confidence: 0.9,
    says: `\`${service.name}\` runs \`${service.image}\``,
  });
}

/** What a rule knows of a container besides what its compose file says. */
export interface ContainerFacts extends Pick<Candidate, 'framework' | 'kind' | 'confidence'> {
  readonly mapping: ComposeService['ports'][number] | undefined;
  /** The evidence. */
  readonly says: string;
}

export function containerCandidate(service: ComposeService, { mapping, says, ...facts }: ContainerFacts): Candidate {
  const { name, file, files, line } = service;
  const command = composeCommand({ files, service: name });
  const proposed = propose({
    ...facts,
    cwd: '.',
    ecosystem: 'docker',
    label: name,
    entry: `compose:${name}`,
    command,
    developerCommand: command,
    port: mapping === undefined ? NO_PORT : { port: mapping.host, source: file, rank: 3, variable: null },
    evidence: [{ file, line, says }],
    basis: 'named',
  });
  return { ...proposed, container: { service: name, files } };
}
