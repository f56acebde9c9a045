import { randomBytes, verify } from 'node:crypto';
import { Refusal } from './refusal.ts';
import type { Installation, Permissions, Token } from './types.ts';
import type { World } from './world.ts';

const tokenLifetime = 60 * 60 * 1000;
const longestJwt = 10 * 60;

/** Verifies the app's own signature (RS256) and the three claims GitHub looks at; throws the refusal GitHub gives. */
export function verifyAppJwt(world: World, authorization: string | undefined): void {
  const [, jwt = ''] = /^bearer (.+)$/i.exec(authorization ?? '') ?? [];
  const undecodable = new Refusal(401, { message: 'A JSON web token could not be decoded' });
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  if (signature === '') throw undecodable;
  const { alg } = decode(header);
  const signed = Buffer.from(`${header}.${payload}`);
  if (alg !== 'RS256' || !verify('sha256', signed, world.app.publicKey, Buffer.from(signature, 'base64url'))) {
    throw undecodable;
  }
  const { iat, exp, iss } = decode(payload);
  const now = world.now() / 1000;
  if (String(iss) !== String(world.app.id)) throw new Refusal(404, { message: 'Integration not found' });
  if (typeof iat !== 'number' || iat > now + 1) {
    const message = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
    throw new Refusal(401, { message });
  }
  if (typeof exp !== 'number' || exp <= now) {
    const message =
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    throw new Refusal(401, { message });
  }
  if (exp > now + longestJwt + 1) {
    throw new Refusal(401, { message: "'Expiration time' claim ('exp') is too far in the future" });
  }
}

function decode(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Issues a token that lives one hour; `permissions` and `repositories` may narrow it and never widen it. */
export function issueToken(
  world: World,
  installation: Installation,
  wanted: { permissions?: Permissions; repositories?: readonly string[] },
): Token {
  if (installation.removed) throw new Refusal(404, { message: 'Not Found' });
  if (installation.suspended) throw new Refusal(403, { message: 'This installation has been suspended' });
  for (const [name, level] of Object.entries(wanted.permissions ?? {})) {
    const held = installation.permissions[name];
    if (held === undefined || (level === 'write' && held === 'read')) {
      throw new Refusal(422, { message: 'The permissions requested are not granted to this installation.' });
    }
  }
  const token: Token = {
    token: `ghs_${randomBytes(27).toString('base64url').replaceAll(/[-_]/g, 'x')}`,
    installation,
    permissions: wanted.permissions ?? installation.permissions,
    expiresAt: world.now() + tokenLifetime,
    ...(wanted.repositories && { repositories: wanted.repositories }),
  };
  world.tokens.set(token.token, token);
  return token;
}

/** The living token of a request; throws the refusal GitHub gives. */
export function tokenOf(world: World, authorization: string | undefined): Token {
  if (authorization === undefined) throw new Refusal(401, { message: 'Requires authentication' });
  const [, value = ''] = /^(?:token|bearer) (.+)$/i.exec(authorization) ?? [];
  const token = world.tokens.get(value);
  if (!token || token.expiresAt <= world.now() || token.installation.removed) {
    throw new Refusal(401, { message: 'Bad credentials' });
  }
  if (token.installation.suspended) throw new Refusal(403, { message: 'This installation has been suspended' });
  return token;
}
