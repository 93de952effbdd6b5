import { err, ok, type Result } from '../../base/result.ts';
import { VERSION } from '../context/version.ts';
import { callTool, type ToolContext } from './call-tool.ts';
import { type Message, RPC, type RpcError } from './message.ts';
import { listResources, readResource } from './resources.ts';
import { agreedRevision, type Era, eraOf, REVISIONS } from './revision.ts';
import { schemaOf } from './tool-parameter.ts';
import { TOOLS, type Tool } from './tools.ts';

export type Request = Extract<Message, { readonly kind: 'request' }>;
type Answer = Readonly<Record<string, unknown>>;
type Params = Request['params'];
type Method = (params: Params, context: ToolContext, era: Era) => Promise<Result<Answer, RpcError>>;

const SERVER = { name: 'devgen', title: 'Dev servers of this project', version: VERSION };
const CAPABILITIES = { tools: {}, resources: {} };
const INSTRUCTIONS =
  'This project’s dev servers: start, settle after each edit, errors, logs, stop. Never start or kill one by hand.';
/** What a client has sent is never sent back: it may be of any size and depth. */
const UNKNOWN_TOOL = `Unknown tool; there are ${TOOLS.map(({ name }) => name).join(', ')}`;
/** What is listed changes only with the config, and is the same for all who may ask. */
const LASTING = { ttlMs: 60_000, cacheScope: 'public' };
const FLEETING = { ttlMs: 0, cacheScope: 'private' };
/** Source: modelcontextprotocol.io/specification/2025-11-25/server/resources; -32602 from 2026-07-28 on */
const NO_RESOURCE: Readonly<Record<Era, number>> = { handshake: -32002, stateless: RPC.badParams };

const METHODS: Readonly<Record<string, Method>> = {
  initialize: async ({ protocolVersion }) =>
    ok({
      protocolVersion: agreedRevision(protocolVersion),
      capabilities: CAPABILITIES,
      serverInfo: SERVER,
      instructions: INSTRUCTIONS,
    }),
  'server/discover': async () =>
    ok({ supportedVersions: REVISIONS, capabilities: CAPABILITIES, instructions: INSTRUCTIONS, ...LASTING }),
  ping: async () => ok({}),
  'tools/list': async () => ok({ tools: TOOLS.map(describeTool), ...LASTING }),
  'tools/call': async ({ name, arguments: given = {} }, context) => {
    const tool = TOOLS.find((each) => each.name === name);
    if (tool === undefined) return err({ code: RPC.badParams, message: UNKNOWN_TOOL });
    return ok({ ...(await callTool(tool, given, context)) });
  },
  'resources/list': async (_, context) => ok({ resources: await listResources(context), ...LASTING }),
  'resources/templates/list': async () => ok({ resourceTemplates: [], ...LASTING }),
  'resources/read': async ({ uri }, context, era) => {
    const text = await readResource(uri, context);
    if (text !== null) return ok({ contents: [text], ...FLEETING });
    return err({ code: NO_RESOURCE[era], message: 'Resource not found' });
  },
};

/** What a client gets for its request, in the form of the revision that it speaks. */
export async function answerRequest(
  { method, params }: Request,
  context: ToolContext,
): Promise<Result<Answer, RpcError>> {
  const era = eraOf(params);
  if (!era.ok) return era;
  const perform = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (perform === undefined) return err({ code: RPC.noMethod, message: 'Method not found' });
  const answer = await perform(params, context, era.value);
  if (!answer.ok || (era.value === 'handshake' && method !== 'server/discover')) return answer;
  const own = { resultType: 'complete', _meta: { 'io.modelcontextprotocol/serverInfo': SERVER } };
  return ok({ ...answer.value, ...own });
}

function describeTool({ name, title, description, parameters, required, output, hints }: Tool) {
  return {
    name,
    title,
    description,
    inputSchema: schemaOf(parameters, required),
    outputSchema: {
      type: 'object',
      properties: {
        schemaVersion: { type: 'integer' },
        ...output,
        warnings: { type: 'array', items: { type: 'string' } },
        stillTrying: { type: 'boolean' },
        isCut: { type: 'boolean' },
        error: { type: 'object' },
      },
      required: ['schemaVersion'],
    },
    annotations: { title, ...hints },
  };
}
