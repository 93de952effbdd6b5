import { mkdirSync, writeFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildFront, buildRuntime } from './build/entries.mjs';
import { buildVendor } from './build/vendor.mjs';
import { stampBuildId } from './build/build-id.mjs';
const r = await buildRuntime(); const f = await buildFront(); const v = await buildVendor(r.packages);
const out = process.argv[2]; rmSync(out,{recursive:true,force:true});
const all=stampBuildId(new Map([...[...f].map(([k,t])=>['runtime/'+k,t]),...[...r.files].map(([k,t])=>['runtime/'+k,t]),...[...v.files].map(([k,t])=>['runtime/vendor/'+k,t])]));
for (const [p,t] of all){const q=join(out,p.replace(/^runtime\//,''));mkdirSync(dirname(q),{recursive:true});writeFileSync(q,t)}
console.log([...all].reduce((n,[,t])=>n+Buffer.byteLength(t),0)/1024, all.size)
