import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { App } from '../../app.ts';
import { letterByCode, readCode, type VerifiedLetter } from '../../areas/letters/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { withUpload } from '../../core/uploads/index.ts';
import { type Comparison, UnknownLetterPage, VerifyFormPage, VerifyPage } from './page.tsx';

/** So many looks at codes a minute from one address: a code has 80 random bits, guessing it is hopeless and unwelcome. */
const LIMITED = { config: { rateLimit: { max: 30, timeWindow: '1 minute' } } };
const MAX_BYTES = 20 * 1024 * 1024;

interface CodeParams {
  Params: { code: string };
}

/** `/letters`: whether a letter was issued by an agency of this installation. Shows nothing personal. */
export const letterRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const find = async (text: string): Promise<VerifiedLetter | null> => {
      const code = readCode(text);
      return code === null ? null : letterByCode(app.connection.db, code);
    };

    server.get<{ Querystring: { code?: unknown } }>('/letters', LIMITED, async (request, reply) => {
      const { code: asked } = request.query;
      if (typeof asked !== 'string') return reply.page(<VerifyFormPage />);
      const code = readCode(asked);
      if (code !== null) return reply.redirect(`/letters/${code}`, 303);
      const error = '验证码是 16 位数字和字母，请照文书首页下方抄写。';
      return reply.page(<VerifyFormPage typed={asked.slice(0, 40)} error={error} />, 422);
    });

    server.get<CodeParams>('/letters/:code', LIMITED, async (request, reply) => {
      const letter = await find(request.params.code);
      return answer(reply, letter, request.params.code, null);
    });

    server.post<CodeParams>('/letters/:code/comparison', LIMITED, async (request, reply) => {
      const { code } = request.params;
      const letter = await find(code);
      const dir = join(app.config.varDir, 'uploads');
      try {
        const digest = await withUpload(request, { dir, maxBytes: MAX_BYTES }, async ({ files: [file] }) => {
          if (!file || file.size === 0) throw new InvalidForm({ file: '请选择要比对的 PDF 文件。' });
          return sha256Of(file.path);
        });
        const same = letter?.pdfSha256 === digest;
        return answer(reply, letter, code, { digest, same });
      } catch (error) {
        if (error instanceof InvalidForm) {
          return answer(reply, letter, code, null, error.fields.file ?? error.message);
        }
        if (error instanceof UnreadableFile) return answer(reply, letter, code, null, error.message);
        throw error;
      }
    });
  };

/** Every unknown code is answered alike, whether it could be one or not. */
function answer(
  reply: FastifyReply,
  letter: VerifiedLetter | null,
  code: string,
  comparison: Comparison | null,
  error?: string,
) {
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex, nofollow');
  if (!letter) return reply.page(<UnknownLetterPage />, 404);
  const known = readCode(code) ?? '';
  return reply.page(
    <VerifyPage letter={letter} code={known} comparison={comparison} error={error} />,
    error === undefined ? 200 : 422,
  );
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
