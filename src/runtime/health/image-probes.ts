/** How a server of a known image is asked whether it serves. */
export type ImageProbe =
  /** A shell script inside the container, with its environment; 126 and 127: the image lacks the program. */
  | { readonly by: 'script'; readonly script: string }
  /** Its own protocol, over the published port. */
  | { readonly by: 'wire'; readonly question: Buffer; readonly isReady: (answer: Buffer) => boolean }
  | { readonly by: 'http'; readonly path: string };

interface ImageRow {
  readonly image: RegExp;
  /** The container's port on which it speaks so; its other ports are asked for a connection alone. */
  readonly port: number;
  readonly probe: ImageProbe;
}

/** How the server behind a port of a container is asked; `undefined`: nothing is known of it. */
export function imageProbe(image: string, containerPort: number): ImageProbe | undefined {
  const name = image.toLowerCase().replace(/@.*$|:[^/:]*$/g, '');
  return ROWS.find((row) => row.port === containerPort && row.image.test(name))?.probe;
}

/** The client's hello, which needs no password. Source: MongoDB wire protocol, OP_MSG; BSON 1.1. */
const MONGO_HELLO = ((): Buffer => {
  const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'latin1');
  const size = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return bytes;
  };
  const hello = Buffer.concat([Buffer.from([0x10]), text('hello'), size(1)]);
  const database = Buffer.concat([Buffer.from([0x02]), text('$db'), size(6), text('admin')]);
  const fields = Buffer.concat([hello, database, Buffer.from([0])]);
  const message = Buffer.concat([size(2013), size(0), Buffer.from([0]), size(fields.length + 4), fields]);
  return Buffer.concat([size(message.length + 12), size(1), size(0), message]);
})();

/**
 * What the images' first start does in secret (a server that only makes the database) listens inside the container
 * alone, and is not taken for the real one: scripts go to 127.0.0.1 by TCP, all others come from outside.
 * Where a connection that says nothing would be counted as an attack (MySQL) or logged as an error (PostgreSQL), the
 * server's own client asks.
 */
const ROWS: readonly ImageRow[] = [
  {
    image: /postgres|postgis|timescale|pgvector|paradedb/,
    port: 5432,
    probe: {
      by: 'script',
      script: `U="\u0024{POSTGRES_USER:-postgres}"; pg_isready -q -h 127.0.0.1 -U "$U" -d "\u0024{POSTGRES_DB:-$U}"`,
    },
  },
  {
    image: /mysql|mariadb|percona/,
    port: 3306,
    probe: {
      by: 'script',
      script:
        'P=mysqladmin; command -v $P >/dev/null || P=mariadb-admin; $P ping --silent --connect-timeout=3 -h 127.0.0.1',
    },
  },
  {
    image: /redis|valkey|keydb|dragonfly/,
    port: 6379,
    // It answers while it loads its data, too; a password that it asks for is none of our concern.
    probe: {
      by: 'wire',
      question: Buffer.from('PING\r\n'),
      isReady: (answer) => /^[+-](?!LOADING)/.test(answer.toString('latin1')),
    },
  },
  {
    image: /mongo/,
    port: 27017,
    probe: {
      by: 'wire',
      question: MONGO_HELLO,
      isReady: (answer) => answer.length >= 16 && answer.readInt32LE(12) === 2013,
    },
  },
  { image: /elasticsearch|opensearch/, port: 9200, probe: { by: 'http', path: '/' } },
  { image: /minio/, port: 9000, probe: { by: 'http', path: '/minio/health/live' } },
  { image: /mailpit|mailhog|maildev|inbucket/, port: 8025, probe: { by: 'http', path: '/' } },
  { image: /rabbitmq/, port: 15672, probe: { by: 'http', path: '/' } },
  { image: /meilisearch/, port: 7700, probe: { by: 'http', path: '/health' } },
  { image: /typesense/, port: 8108, probe: { by: 'http', path: '/health' } },
  { image: /qdrant/, port: 6333, probe: { by: 'http', path: '/readyz' } },
  { image: /clickhouse/, port: 8123, probe: { by: 'http', path: '/ping' } },
];
