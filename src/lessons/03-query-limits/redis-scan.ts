import { defineRule } from '../define-rule.ts';

const whole: Readonly<Record<string, string>> = {
  keys: 'SCAN',
  flushall: 'a prefix and SCAN',
  flushdb: 'a prefix and SCAN',
  smembers: 'SSCAN',
  hgetall: 'HSCAN',
  hkeys: 'HSCAN',
  hvals: 'HSCAN',
};

/** Keys under which one member comes with each user, visit or message. */
const growing =
  /(?:^|[:_.-])(?:followers|following|members|users|subscribers|visitors|viewers|players|customers|sessions|tokens|events|feeds?|timeline|history|messages|notifications|posts|topics|comments|reviews|articles|products|likes|votes|orders|payments|transactions|tickets|jobs|logs?|seen|online|devices|sockets)(?:[:_.-]|$)/i;

/** Commands that read all keys or members while every other client waits. */
export const redisScan = defineRule({
  id: 'redis-scan',
  lesson: 3,
  severity: 'warning',
  summary: 'This command walks over everything while all other clients wait: use the cursor form.',
  why: 'Redis does one command at a time. `KEYS` over ten million keys takes seconds, in which sessions, queues and rate limits of the whole company stand still.',
  fix: 'Use `SCAN` with a cursor and `COUNT`, or keep the keys you need in a set of their own. Read a list in pages: `LRANGE key 0 99`.',
  examples: {
    bad: [
      {
        path: 'src/cache.ts',
        code: `
  import Redis from 'ioredis';
  const redis = new Redis();
  export async function clear(prefix: string) {
>   const keys = await redis.keys(prefix + '*');
    await redis.del(keys);
  }`,
      },
      {
        path: 'src/log.js',
        code: `
  import { createClient } from 'redis';
  const client = createClient();
  export const entries = () =>
>   client.lRange('log', 0, -1);`,
      },
      {
        path: 'src/sessions.js',
        code: `
  const redis = require('./redis');
  exports.all = async () => {
>   return redis.keys('session:*');
  };`,
      },
      {
        path: 'src/followers.ts',
        code: `
  import Redis from 'ioredis';
  const redis = new Redis();
  export const followers = (id: string) =>
>   redis.smembers(\`followers:\${id}\`);`,
      },
    ],
    good: [
      {
        path: 'src/cache.ts',
        code: `
  import Redis from 'ioredis';
  const redis = new Redis();
  export async function clear(prefix: string) {
    for await (const keys of redis.scanStream({ match: prefix + '*', count: 500 })) await redis.unlink(keys);
    await redis.lrange('log', 0, 99);
    Object.keys(redis.options);
    await redis.smembers('flags');
    await redis.hgetall(\`session:\${prefix}\`);
  }`,
      },
    ],
  },
  *check({ code }) {
    if (!code || code.browser) return;
    for (const { client, verb, line, endLine, wholeRange, explained, evidence, key = '' } of code.dataCalls) {
      if ((client !== 'redis' && !wholeRange) || explained) continue;
      const command = verb.toLowerCase();
      const everything = /^(?:keys|flushall|flushdb)$/.test(command);
      const members = /^(?:smembers|hgetall|hkeys|hvals)$/.test(command) && growing.test(key);
      // Behind a method of the project's own, the key says whether the range grows.
      const range = wholeRange && (client === 'redis' || growing.test(key));
      const instead = everything || members ? whole[command] : range ? 'a range with an end' : undefined;
      if (instead === undefined) continue;
      yield {
        line,
        endLine,
        because: `\`${verb}\` takes time with everything that is stored; ${instead} takes a bounded part.`,
        ...(evidence === 'name' && !everything ? { severity: 'notice' as const } : {}),
      };
    }
  },
});
