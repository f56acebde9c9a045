import { describe, expect, test } from '@jest/globals';
import { buildProject } from '../../../src/facts/build-project.ts';
import { readCode } from '../../../src/facts/javascript/reader.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';
import { codeOf } from './read-code.ts';

describe('code made to be hard to read', () => {
  test.each(['./(a+)+$)', './(a+)+$('])('a metric named %s is looked for as it is written', (name) => {
    const before = `import { Counter } from 'prom-client';\nnew Counter({ name: '${name}', help: 'x' });\n`;
    const file = {
      path: 'm.ts',
      status: 'modified',
      before,
      after: '1;\n',
      added: [1],
      removed: [1, 2],
      hunks: [],
    } as const;
    const other = `export const text = '${'a'.repeat(5_000)}!';\n`;
    const context = [{ path: 'b.ts', text: other }];
    const project = buildProject({ head: 'h', base: 'b', files: [file], context, unread: [] });
    const { observability } = readCode(file, file.after, project);
    expect(observability.removed).toEqual([{ line: 2, what: 'metric', of: name }]);
  });

  test('a class that extends a value of its own type costs no other fact', () => {
    const code = codeOf(
      'a.ts',
      'let a: B;\nclass B extends a {}\na.run();\nconst users = await prisma.user.findMany();',
    );
    expect(code.dataCalls.map(({ verb }) => verb)).toEqual(['findMany']);
  });

  test('a text that grows line by line and is run at each is weighed in bounded steps', () => {
    const lines = Array.from({ length: 1_500 }, (_, i) => `sql += req.query.a${i};\npool.query(sql);`);
    const started = cpuMilliseconds();
    const code = codeOf('a.ts', `let sql = 'select ';\n${lines.join('\n')}`);
    expect(code.flows[0]).toMatchObject({ kind: 'sql', line: 3 });
    // Unbounded it takes ten seconds and more.
    expect(cpuMilliseconds() - started).toBeLessThan(5_000);
  });

  test.each([
    ['one name bound by thousands of functions', "wss.on('connection', (s) => { s.on('message', () => s.send(1)); });"],
    ['one constant given to thousands of calls', 'fetch(url, options);'],
    ['one field written thousands of times', 'this.pool = new Pool();'],
    ['thousands of attempts in one loop', 'try { await work(); return; } catch (e) { log(e); }'],
  ])('%s', (_name, line) => {
    const head = `import { Pool } from 'pg';\nimport { WebSocketServer } from 'ws';\nconst wss = new WebSocketServer({});\nconst options = {};\n`;
    const started = cpuMilliseconds();
    codeOf('a.js', `${head}class A { async f() { while (true) {\n${`${line}\n`.repeat(3_000)}} } }`);
    // Each with each takes half a minute.
    expect(cpuMilliseconds() - started).toBeLessThan(10_000);
  });
});
