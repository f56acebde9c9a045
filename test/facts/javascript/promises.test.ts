import { describe, expect, test } from '@jest/globals';
import { codeOf } from './read-code.ts';

const floating = (code: string) =>
  codeOf('src/a.ts', code)
    .unhandledPromises.filter(({ explained }) => !explained)
    .map(({ kind, of }) => `${kind} ${of}`);
const misused = (code: string) => codeOf('src/a.ts', code).misusedPromises.map(({ kind, line }) => `${kind} ${line}`);

describe('promises nobody handles', () => {
  test.each([
    ['an async function of the file', 'async function f() { await g(); } function h() { f(); }', ['floating f()']],
    ['a declared type', 'declare const f: () => Promise<void>; function h() { f(); }', ['floating f()']],
    [
      'a method of a declared interface',
      'interface Store { save(): Promise<void>; name(): string } function h(s: Store) { s.save(); s.name(); }',
      ['floating s.save()'],
    ],
    [
      'a field whose type this file declares',
      'type Bus = { emit: () => Promise<void> }; class A { constructor(private bus: Bus) {} h() { this.bus.emit(); } }',
      ['floating this.bus.emit()'],
    ],
    ['a chain without a catch', 'function h(p) { p.then(f); }', ['floating p.then(f)']],
    ['one side of a condition', 'async function f() { await g(); } function h(a) { a && f(); }', ['floating f()']],
    [
      'a member that is assigned an async function',
      'A.f = async () => { await g(); }; function h() { A.f(); }',
      ['floating A.f()'],
    ],
    [
      'a call that is awaited elsewhere',
      'async function h() { await a.b.c(1); } function k() { a.b.c(2); }',
      ['floating a.b.c(2)'],
    ],
    [
      'a record that is written',
      'async function h(id) { const user = await User.findById(id); user.save(); user.save(done); }',
      ['floating user.save()'],
    ],
    [
      'a write that is never sent',
      'import { PrismaClient } from "@prisma/client"; const db = new PrismaClient(); function h(id) { db.a.delete({ where: { id } }); }',
      ['floating db.a.delete({ where: { id } })'],
    ],
    ['a name nobody reads', 'async function f() { await g(); } function h() { const p = f(); }', ['forgotten f()']],
    [
      'a return past a catch that throws something else',
      'async function f() { await g(); } async function h() { try { return f(); } catch (e) { throw new Gone(); } }',
      ['returned f()'],
    ],
    [
      'a return past its catch',
      'async function f() { await g(); } async function h() { try { return f(); } catch { k(); } }',
      ['returned f()'],
    ],
    [
      'an answer that is waived',
      'async function f(res) { res.send(await g()); } const h = (req, res) => { void f(res); };',
      ['void f(res)'],
    ],
  ])('%s', (_, code, expected) => {
    expect(floating(code)).toEqual(expected);
  });

  test.each([
    [
      'what the called function caught itself',
      'const f = (a) => g(a).catch(log); async function k() { await g().catch(log); } function h() { f(1); k(); setInterval(() => f(2), 1); }',
    ],
    [
      'awaited, returned, waived, caught',
      'async function f() { await g(); } async function h() { await f(); void f(); f().catch(k); f().then(a, b); return f(); }',
    ],
    [
      'a function that catches everything itself',
      'async function f() { try { await g(); } catch (e) { log(e); } } function h() { f(); }',
    ],
    [
      'a chain of a test runner, a class with a `then` of its own',
      'class T { then(f) { return this; } } function h() { new T().then(f); cy.get("a").then(f); }',
    ],
    ['a timer that only resolves', 'function h() { new Promise((resolve) => setTimeout(resolve, 1)); }'],
    ['the start of a program', 'import x from "x"; async function main() { await x(); } main();'],
    [
      'files that are written at once, or tell a callback',
      'import fs from "fs-extra"; function h(cb) { fs.writeFileSync("a", "b"); fs.stat("a", (err) => cb(err)); fs.copy("a", "b", cb); }',
    ],
    [
      'the name of the parameter of another function',
      'async function one(f) { await f(1); } function two(f) { f(1); }',
    ],
    [
      'a call that runs a callback',
      'async function h() { await db.within(1, async () => g()); } function k() { db.within(1, () => g()); }',
    ],
    [
      'a yes or no that passes on a call for which others wait',
      'async function h() { await acl.may(1); } function may(a) { if (!a) return false; return acl.may(a); } function k() { may(2); }',
    ],
    [
      'a map, whoever waits for it',
      'const m = new Map(); async function h() { await m.set(1, 2); } function k() { m.set(1, 2); }',
    ],
    [
      'a query that goes on in the next statement',
      'import knex from "knex"; const db = knex({}); async function h(id) { const q = db("a"); q.delete(); await q.where({ id }); }',
    ],
    [
      'answers of two kinds by one name',
      'async function h() { const res = await fetch("https://a.example"); return await res.json(); } function k(req, res) { res.json({}); }',
    ],
    [
      'a return past a catch that throws the same again',
      'async function f() { await g(); } async function h() { try { return f(); } catch (e) { log(e); throw e; } }',
    ],
    [
      'a function that says what it does, and catches all the rest',
      'async function f() { debug("f"); try { await g(); } catch (e) { log(e); } } function h() { f(); }',
    ],
    ['an answer that is closed otherwise', 'function h(res) { res.end = async () => { await g(); }; res.end(); }'],
    [
      'a start of a file that is run',
      'exports.serve = async () => { await g(); };\nif (require.main === module) exports.serve();',
    ],
    ['a chain that was handled before', 'function h(p) { const done = p.then(f, f); done.then(next); }'],
    ['what has settled', 'function h(all) { Promise.allSettled(all).then(f); }'],
    [
      'a list whose turns catch what goes wrong',
      'function h(all) { Promise.all(all.map(async (one) => { try { return await f(one); } catch (e) { log(e); } })).then(k); }',
    ],
    [
      'the last words of a process',
      'process.on("uncaughtException", (e) => { import("./log.js").then((m) => m.error(e)); });',
    ],
    ['a file that is run by itself', 'async function serve() { await f(); } if (require.main === module) serve();'],
    [
      'a function that tells a callback',
      'async function info(c, tell) { tell(null, await c.info()); } function h(c) { info(c, (err, x) => k(err, x)); }',
    ],
    [
      'where the linter was told',
      'async function f() { await g(); }\nfunction h() {\n// eslint-disable-next-line @typescript-eslint/no-floating-promises\nf(); }',
    ],
    ['a chain that no loop of names can hold', 'const a = b; const b = a; function h() { a; }'],
  ])('silent: %s', (_, code) => {
    expect(floating(code)).toEqual([]);
  });

  test('a client of redis gives promises since its fourth version', () => {
    const of = (version: string) =>
      codeOf(
        'src/a.js',
        "const redis = require('redis');\nconst c = redis.createClient();\nfunction h() { c.select(2); }",
        {
          'package.json': JSON.stringify({ dependencies: { redis: version } }),
        },
      ).unhandledPromises;
    expect(of('^2.8.0')).toEqual([]);
    expect(of('^4.6.0')).toHaveLength(1);
  });
});

describe('promises where nobody waits', () => {
  test('forEach, predicates, timers, executors and conditions', () => {
    expect(
      misused(`rows.forEach(async (r) => { await f(r); });
rows.filter(async (r) => f(r));
setInterval(async () => { await f(); }, 1);
new Promise(async (resolve) => { resolve(await f()); });
async function g() { return f(); } if (g()) k();`),
    ).toEqual(['condition 5', 'iteration 1', 'predicate 2', 'timer 3', 'executor 4']);
  });

  test('strategies of Passport and consumers of queues, unless they catch', () => {
    const consume = (body: string) => `const amqp = require('amqplib'); ch.consume('q', async (m) => { ${body} });`;
    const packages = { 'package.json': '{"dependencies":{"amqplib":"0.10"}}' };
    const kinds = (code: string) => codeOf('src/a.js', code, packages).misusedPromises.map(({ kind }) => kind);
    expect(kinds(consume('await f(m);'))).toEqual(['listener']);
    expect(kinds(consume('try { await f(m); } catch (e) { log(e); }'))).toEqual([]);
    expect(kinds('new JwtStrategy(o, async (p, done) => { done(null, await f(p)); });')).toEqual(['callback']);
    expect(
      kinds('new JwtStrategy(o, async (p, done) => { try { done(null, await f(p)); } catch (e) { done(e); } });'),
    ).toEqual([]);
  });

  test('a parameter that takes a function without a result', () => {
    expect(misused('function on(f: () => void) { f(); }\non(async () => { await g(); });')).toEqual(['callback 2']);
    expect(misused('function on(f: () => Promise<void>) { return f(); }\non(async () => { await g(); });')).toEqual([]);
  });

  test('a test of a promise that is filled later asks whether it is there', () => {
    expect(misused('let p: Promise<void>; function f() { if (!p) p = g(); }')).toEqual([]);
  });
});
