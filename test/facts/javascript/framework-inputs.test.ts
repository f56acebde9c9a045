import { expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

function flowsOf(path: string, text: string): string[] {
  return codeOf(path, text).flows.map(({ kind, certainty }) => `${kind} ${certainty}`);
}

const sql = "import { pool } from './db';\n";

test.each([
  [
    'h3, on which Nitro and Nuxt are built',
    'server/api/parcels.get.ts',
    `${sql}export default defineEventHandler(async (event) => { const { by } = getQuery(event); return pool.query(\`select id from p order by \${by}\`); });`,
  ],
  [
    'Adonis',
    'app/controllers/parcels_controller.ts',
    `${sql}export default class Parcels { async index({ request }: HttpContext) { return pool.query(\`select id from p where n = '\${request.input('name')}'\`); } }`,
  ],
  [
    'SvelteKit',
    'src/routes/api/+server.ts',
    `${sql}export const GET = async ({ url }) => pool.query(\`select id from p where n = '\${url.searchParams.get('n')}'\`);`,
  ],
  [
    'Remix',
    'app/routes/parcels.ts',
    `${sql}export async function loader({ request, params }) { return pool.query('select id from p where id = ' + params.id); }`,
  ],
  [
    'a page of Next',
    'app/parcels/page.ts',
    `${sql}export default async function Page({ searchParams }) { const { by } = await searchParams; return pool.query(\`select id from p order by \${by}\`); }`,
  ],
  [
    'routing-controllers',
    'src/parcels.ts',
    `${sql}import { Get, JsonController, QueryParam } from 'routing-controllers';\n@JsonController() export class Parcels { @Get('/p') list(@QueryParam('by') by: string) { return pool.query(\`select id from p order by \${by}\`); } }`,
  ],
])('what the client sends is the client’s in %s', (_name, path, text) => {
  expect(flowsOf(path, text)).toEqual(['sql request']);
});

test('a function of the same name that is given something else reads no request', () => {
  expect(
    flowsOf('src/report.ts', `${sql}export const run = (report) => pool.query(\`select \${getQuery(report)}\`);`),
  ).toEqual([]);
});

test('what hangs on a request under the name of its body is the program’s own in Payload CMS', () => {
  const read = (at: string) =>
    flowsOf('src/files.ts', `import fs from 'node:fs';\nexport const folder = ({ req }) => fs.readdirSync(${at});`);
  expect(read('req.payload.config.folder')).toEqual([]);
  expect(read('req.payload.folder')).toEqual(['path request']);
});
