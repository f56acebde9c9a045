import { describe, expect, test } from '@jest/globals';
import { cpuMilliseconds } from '../../cpu-time.ts';
import { problemsOf } from './problems-of.ts';

const services = (text: string) => `services:\n${text.replace(/^/gm, '  ')}\n`;
const waiting = (db: string) =>
  services(`api:\n  image: orders:1\n  depends_on:\n    db:\n      condition: service_healthy\ndb:\n  ${db}`);

describe('a Compose file', () => {
  test('must check what others wait for, where no image does', () => {
    const found = ['5 service-without-healthcheck'];
    expect(problemsOf('compose.yaml', waiting('image: postgres:17'))).toEqual(found);
    expect(problemsOf('compose.yaml', waiting('image: postgres:17\n  healthcheck: {test: pg_isready}'))).toEqual([]);
    expect(problemsOf('compose.yaml', waiting('image: postgres:17\n  healthcheck: {disable: true}'))).toEqual(found);
    expect(problemsOf('compose.yaml', waiting('image: registry.example.org/own-database:2'))).toEqual([]);
    expect(problemsOf('compose.yaml', waiting('<<: *database'))).toEqual([]);
  });

  test('leaves the check to the image that it builds, where that has one or may have', () => {
    const text = waiting('build: ./db');
    expect(problemsOf('compose.yaml', text)).toEqual([]);
    expect(problemsOf('compose.yaml', text, { 'db/Dockerfile': 'FROM node:24\n' })).toHaveLength(1);
    expect(problemsOf('compose.yaml', text, { 'db/Dockerfile': 'FROM node:24\nHEALTHCHECK CMD true\n' })).toEqual([]);
    expect(problemsOf('compose.yaml', text, { 'db/Dockerfile': 'FROM example/base\n' })).toEqual([]);
  });

  test('may have its checks in the file it is merged with', () => {
    const other = { 'compose.prod.yaml': 'services:\n  db:\n    healthcheck: {}\n' };
    expect(problemsOf('compose.yaml', waiting('image: postgres:17'), other)).toEqual([]);
  });

  test('forgets a restart policy or limits where the others have them, not where few do', () => {
    const one = (name: string, more = '') => `${name}:\n  image: x\n  ports: ['1:1']\n${more}`;
    const restart = '  restart: always\n';
    const limits = '  deploy: { resources: { limits: { memory: 1G } } }\n';
    expect(problemsOf('compose.yaml', services(one('a', restart) + one('b', restart) + one('c')))).toEqual([
      '10 service-without-restart',
    ]);
    expect(problemsOf('compose.yaml', services(one('a', limits) + one('b', limits) + one('c')))).toEqual([
      '10 workload-without-limits',
    ]);
    expect(problemsOf('compose.yaml', services(one('a', restart) + one('b') + one('c')))).toEqual([]);
    expect(problemsOf('compose.yaml', services(one('a', restart) + one('b', restart) + one('migrate')))).toEqual([]);
  });

  test.each([
    ['compose.prod.yaml', 'image: postgres:17\n  environment: { POSTGRES_PASSWORD: postgres }', true],
    ['deploy/compose.yaml', 'image: mysql\n  environment:\n    - MYSQL_ROOT_PASSWORD=root', true],
    ['compose.prod.yaml', 'image: postgres\n  environment: { POSTGRES_HOST_AUTH_METHOD: trust }', true],
    ['compose.prod.yaml', 'image: postgres\n  environment: { POSTGRES_PASSWORD: "$' + '{DB_PASSWORD}" }', false],
    ['compose.dev.yaml', 'image: postgres:17\n  environment: { POSTGRES_PASSWORD: postgres }', false],
    ['compose.yaml', 'image: postgres:17\n  environment: { POSTGRES_PASSWORD: postgres }', false],
  ])('%s: a password of production that everybody tries first (%#)', (path, service, speaks) => {
    const rules = problemsOf(path, services(`db:\n  ${service}`))?.map((problem) => problem.split(' ')[1]);
    expect(rules).toEqual(speaks ? ['guessable-database-password'] : []);
  });

  test('that is no YAML is an error, and one of many services costs no more than its length', () => {
    expect(() => problemsOf('compose.yaml', 'services: [a\n')).toThrow(/^not YAML \(\d+:\d+\)$/);
    const started = cpuMilliseconds();
    const many = Array.from({ length: 3_000 }, (_, i) => `s${i}:\n  image: x\n  ports: ['1:1']\n`).join('');
    problemsOf('compose.yaml', services(many));
    expect(cpuMilliseconds() - started).toBeLessThan(5_000);
  });
});
