import { expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const read = 'return readFileSync("x");';
const scopeOf = (path: string, code: string) =>
  codeOf(path, `import { readFileSync } from 'fs';\n${code}`).slowCalls.map(({ scope }) => scope);

test.each([
  ['an event of a socket', `export const on = (socket) => socket.on('join', () => { ${read} });`, 'request'],
  ['the end of a socket', `export const on = (socket) => socket.on('disconnect', () => { ${read} });`, 'unknown'],
  ['a message', `wss.on('connection', (ws) => { ws.on('message', () => { ${read} }); });`, 'request'],
  ['a method of HTTP', `export async function PUT(request) { ${read} }`, 'request'],
  ['a client of that name', `export const PUT = async (url, body) => { ${read} };`, 'unknown'],
  ['a bucket', `export const handler = async (event) => { for (const r of event.Records) { ${read} } };`, 'job'],
  ['a queue', `export const handler: SQSHandler = async (event) => { ${read} };`, 'job'],
  ['a gateway', `export const handler = async (event: APIGatewayProxyEventV2) => { ${read} };`, 'request'],
])('what runs for %s', (_, code, scope) => {
  expect(scopeOf('src/a.ts', code)).toEqual([scope]);
});

test.each([
  ['admin/src/save.js', 'export const save = (all) => Promise.all(all);', true],
  ['src/theme.js', 'export const theme = () => localStorage.getItem("theme");', true],
  ['admin/src/build.js', 'import fs from "fs"; export const all = () => fs.readdirSync(".");', false],
  ['src/save.js', 'export const save = (all) => Promise.all(all);', false],
])('whether %s runs in a browser', (path, code, browser) => {
  expect(codeOf(path, code).browser).toBe(browser);
});

test('a route whose handler stands in another file is known by its path', () => {
  const code = `const router = require('express').Router(); const user = require('./user');
router.post('/sign-in', user.signIn); router.get('/me', user.me); router.put('/me', (req, res) => res.end());`;
  expect(codeOf('src/a.js', code).remoteRoutes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /sign-in',
  ]);
});
