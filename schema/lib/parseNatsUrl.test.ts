import { UserError } from './errors.js';
import { parseNatsUrl } from './parseNatsUrl.js';

test.each([
  ['nats://localhost', { servers: ['localhost:4222'] }],
  ['nats://10.0.0.1:4300', { servers: ['10.0.0.1:4300'] }],
  ['nats://[::1]:4300', { servers: ['[::1]:4300'] }],
  ['nats://me:p%40ss@host', { servers: ['host:4222'], user: 'me', pass: 'p@ss' }],
  ['nats://token@host', { servers: ['host:4222'], token: 'token' }],
  ['nats://me:pass@one, nats://two:4300', { servers: ['one:4222', 'two:4300'], user: 'me', pass: 'pass' }],
  ['tls://host', { servers: ['host:4222'], tls: {} }],
])('%s names servers and a login', (text, servers) => {
  expect(parseNatsUrl(text)).toEqual(servers);
});

test.each(['', 'localhost:4222', 'http://localhost', 'nats://', 'nats://a,'])('%p is refused', (text) => {
  expect(() => parseNatsUrl(text)).toThrow(UserError);
});

test('What was refused is not repeated: there may be a password in it', () => {
  const refused = () => parseNatsUrl('http://me:secret@host');
  expect(refused).toThrow('got 21 characters');
  expect(refused).not.toThrow(/secret/);
});
