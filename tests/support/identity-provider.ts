import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Grant {
  nonce: string | undefined;
  challenge: string | undefined;
  redirectUri: string;
}

const text = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A small OpenID provider: discovery, keys, authorize, token (with PKCE) and userinfo; `person` is who signs in there. */
export async function openIdentityProvider(client: { id: string; secret: string }) {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  const state = { person: { sub: 'p-1', preferred_username: 'nobody' }, forged: false, tokens: 0 };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (url.pathname === '/.well-known/openid-configuration') {
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    }
    if (url.pathname === '/keys') {
      return json({
        keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
      });
    }
    if (url.pathname === '/userinfo') return json({ ...state.person, name: '张三' });
    if (url.pathname !== '/token') return json({ error: 'not_found' }, 404);
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const grant = grants.get(form.get('code') ?? '');
      grants.delete(form.get('code') ?? '');
      const basic = Buffer.from(
        (request.headers.authorization ?? '').replace('Basic ', ''),
        'base64',
      ).toString();
      const known = basic === `${client.id}:${client.secret}` || form.get('client_secret') === client.secret;
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (!grant || !known || grant.challenge !== proof || grant.redirectUri !== form.get('redirect_uri')) {
        return json({ error: 'invalid_grant' }, 400);
      }
      state.tokens += 1;
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer,
        aud: client.id,
        iat: now,
        exp: now + 300,
        nonce: grant.nonce,
        ...state.person,
      };
      const unsigned = `${text({ alg: 'RS256', kid: 'k1' })}.${text(claims)}`;
      const key = state.forged ? stranger.privateKey : keys.privateKey;
      const idToken = `${unsigned}.${sign('sha256', Buffer.from(unsigned), key).toString('base64url')}`;
      return json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: idToken });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    state,
    /** What the provider's sign-in page does once the person agreed: the address the browser is sent back to. */
    agree(authorizeUrl: string): string {
      const asked = new URL(authorizeUrl).searchParams;
      const code = randomUUID();
      grants.set(code, {
        nonce: asked.get('nonce') ?? undefined,
        challenge: asked.get('code_challenge') ?? undefined,
        redirectUri: asked.get('redirect_uri') ?? '',
      });
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state') ?? '');
      return `${back.pathname}${back.search}`;
    },
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}
