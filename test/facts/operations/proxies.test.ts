import { describe, expect, test } from '@jest/globals';
import { parseNginx } from '../../../src/facts/operations/nginx-tree.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';
import { problemsOf } from './problems-of.ts';

const location = (body: string, path = '/') =>
  `server {\n  location ${path} {\n    proxy_pass http://app;\n${body}\n  }\n}\n`;

describe('a configuration of nginx', () => {
  test('is read with its quotes, variables, comments and blocks', () => {
    const [upstream, server] = parseNginx(
      'upstream app { server a:1; } # { not a block\nserver {\n  add_header X "a; b } c" always;\n  set $x "${' +
        'y}";\n  location ~ ^/a\\{2}/(?<n>\\d+)$ { return 200; }\n}\n',
    );
    expect(upstream).toMatchObject({ name: 'upstream', args: ['app'], block: [{ name: 'server', args: ['a:1'] }] });
    expect(server?.block?.map(({ name, line }) => `${line} ${name}`)).toEqual(['3 add_header', '4 set', '5 location']);
    expect(server?.block?.[0]?.args).toEqual(['X', '"a; b } c"', 'always']);
  });

  test('may hold Lua, whose braces are its own', () => {
    const [block, after] = parseNginx('content_by_lua_block {\n  local t = { "}" } -- }\n}\nkeepalive_timeout 5;\n');
    expect(block).toMatchObject({ name: 'content_by_lua_block', block: [] });
    expect(after).toMatchObject({ name: 'keepalive_timeout', line: 4 });
  });

  test.each([
    ['    proxy_read_timeout 1h;', '/', ['4 proxy-waits-too-long']],
    ['    proxy_read_timeout 86400;', '/api', ['4 proxy-waits-too-long']],
    ['    proxy_read_timeout 1h30m;', '/', ['4 proxy-waits-too-long']],
    ['    proxy_read_timeout 300s;', '/', []],
    ['    proxy_read_timeout $timeout;', '/', []],
    ['    proxy_connect_timeout 120s;', '/', ['4 proxy-waits-too-long']],
    ['    proxy_connect_timeout 5s;', '/', []],
    ['    proxy_read_timeout 1h;', '/socket.io/', []],
    ['    proxy_set_header Upgrade $http_upgrade;\n    proxy_read_timeout 1h;', '/', []],
    ['    proxy_buffering off;\n    proxy_read_timeout 1h;', '/', []],
    ['    proxy_next_upstream error timeout;', '/', []],
    ['    proxy_next_upstream error non_idempotent;', '/', ['4 proxy-repeats-writes']],
  ])('%j in %s', (body, path, expected) => {
    expect(problemsOf('deploy/nginx.conf', location(body, path))).toEqual(expected);
  });

  test('carries connections in its stream block', () => {
    const text = 'stream {\n  server {\n    proxy_pass db:5432;\n    proxy_connect_timeout 120s;\n  }\n}\n';
    expect(problemsOf('nginx/tcp.conf', text)).toEqual([]);
  });

  test('that another program owns, or a template, is left alone', () => {
    expect(problemsOf('conf.d/app.conf', 'key = value\n[section]\n')).toBeUndefined();
    expect(problemsOf('nginx/site.conf', '{% if tls %}\nserver {\n{% endif %}\n')).toBeUndefined();
  });

  test('with a brace too many or too few is an error with its line', () => {
    expect(() => problemsOf('nginx.conf', location('').slice(0, -3))).toThrow(/^not nginx's language \(1:1\)$/);
    expect(() => problemsOf('nginx.conf', `${location('')}}\n`)).toThrow(/\(7:1\)$/);
    expect(() => problemsOf('nginx.conf', location('    proxy_read_timeout 5s'))).toThrow(/\(5:1\)$/);
  });

  test('costs no more than its length when it is hostile', () => {
    const started = cpuMilliseconds();
    expect(() => problemsOf('nginx.conf', `location / ${'{ a '.repeat(50_000)}`)).toThrow(RangeError);
    expect(() => problemsOf('nginx.conf', `location "${'\\'.repeat(200_000)}`)).toThrow(SyntaxError);
    expect(() => problemsOf('nginx.conf', `location $${'{a'.repeat(100_000)}`)).toThrow(SyntaxError);
    problemsOf('nginx.conf', location(`    proxy_read_timeout ${'1h'.repeat(50_000)};`));
    problemsOf('nginx.conf', location('    a b;\n'.repeat(50_000)));
    expect(() => problemsOf('nginx.conf', 'x'.repeat(1_000_001))).toThrow(RangeError);
    expect(cpuMilliseconds() - started).toBeLessThan(5_000);
  });
});

describe('a configuration of HAProxy', () => {
  const defaults = 'defaults\n  timeout client 9s\n  timeout server 9s\n';
  const backend = 'backend app\n  server a app:1\n';

  test('needs the timeouts that HAProxy asks for, in a section or its defaults', () => {
    expect(problemsOf('haproxy.cfg', defaults + backend)).toEqual(['4 proxy-waits-too-long']);
    expect(problemsOf('haproxy.cfg', `${defaults}  timeout connect 1s\n${backend}`)).toEqual([]);
    expect(problemsOf('haproxy.cfg', `${defaults}${backend}  timeout connect 1s\n`)).toEqual([]);
    expect(problemsOf('haproxy.cfg', 'frontend web\n  bind :80\n')).toEqual(['1 proxy-waits-too-long']);
  });

  test('takes the defaults that a section names, and asks nothing of a backend without servers', () => {
    const named = 'defaults tcp\n  timeout connect 1s\n  timeout server 1s\ndefaults http\n  mode http\n';
    expect(problemsOf('haproxy.cfg', `${named}backend app from tcp\n  server a app:1\n`)).toEqual([]);
    expect(problemsOf('haproxy.cfg', `${named}${backend}`)).toEqual(['6 proxy-waits-too-long']);
    expect(problemsOf('haproxy.cfg', 'backend none\n  http-request deny\n')).toEqual([]);
  });
});

describe('timeouts of proxies written in YAML', () => {
  const ingress = (annotation: string, path = '/') =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: orders\n  annotations:\n    ${annotation}\nspec:\n  rules:\n    - http:\n        paths:\n          - path: ${path}\n`;
  const nginx = 'nginx.ingress.kubernetes.io/proxy';
  test.each([
    [`${nginx}-read-timeout: "86400"`, '/', ['6 proxy-waits-too-long']],
    [`${nginx}-connect-timeout: "300"`, '/', ['6 proxy-waits-too-long']],
    [`${nginx}-read-timeout: "60"`, '/', []],
    [`${nginx}-read-timeout: "3600"`, '/socket.io', []],
    [`${nginx}-read-timeout: "3600"\n    nginx.org/websocket-services: orders`, '/', []],
  ])('an Ingress with %s on %s', (annotation, path, expected) => {
    expect(problemsOf('k8s/ingress.yaml', ingress(annotation, path))).toEqual(expected);
  });

  const route = (match: string, more: string) =>
    `static_resources:\n  listeners:\n    - routes:\n        - match: { ${match} }\n          route:\n            cluster: orders\n            ${more}\n`;
  test.each([
    ['prefix: /', 'timeout: 0s', ['7 proxy-waits-too-long']],
    ['prefix: /', 'timeout: 15s', []],
    ['prefix: /', 'timeout: 0s\n            idle_timeout: 60s', []],
    ['prefix: /, grpc: {}', 'timeout: 0s', []],
    ['prefix: /events', 'timeout: 0s', []],
  ])('a route of Envoy for %s with %j', (match, more, expected) => {
    expect(problemsOf('proxy/envoy.yaml', route(match, more))).toEqual(expected);
  });

  test('an entry point of Traefik whose timeouts are 0 has none', () => {
    const text = (time: string) =>
      `entryPoints:\n  web:\n    transport:\n      respondingTimeouts:\n        readTimeout: ${time}\n`;
    expect(problemsOf('traefik.yml', text('0'))).toEqual(['5 proxy-waits-too-long']);
    expect(problemsOf('k8s/traefik.yml', text('0s'))).toEqual(['5 proxy-waits-too-long']);
    expect(problemsOf('traefik.yml', text('30s'))).toEqual([]);
  });
});
