import { InvalidForm, Refusal } from '../refusal.ts';

/** What the person is told, whatever went wrong. Only `fault` is logged as an error: it is ours. */
export interface Explanation {
  status: number;
  code: string;
  title: string;
  message: string;
  article: string | null;
  fields: Readonly<Record<string, string>>;
  fault: boolean;
}

const titles: Record<number, string> = {
  400: '请求有误',
  401: '请先登录',
  403: '没有权限',
  404: '没有找到',
  409: '暂时不能办理',
  413: '文件太大',
  415: '文件格式不支持',
  422: '请检查填写的内容',
  429: '操作太频繁',
  503: '服务正忙',
};

/** Turns anything thrown into one explanation; the three kinds of error meet here and nowhere else. */
export function explain(error: unknown): Explanation {
  if (error instanceof InvalidForm) {
    return told(422, 'invalid-form', error.message, { fields: error.fields });
  }
  if (error instanceof Refusal) {
    return told(error.status, error.code, error.message, { article: error.article });
  }
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (code?.startsWith('FST_CSRF')) {
    return told(
      403,
      'form-expired',
      '页面停留时间过长或来自其他网站，请返回上一页刷新后重新提交，填写的内容不会丢失。',
    );
  }
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE') {
    return told(413, 'too-large', '上传的文件超过了大小限制，请压缩或拆分后再上传。');
  }
  if (statusCode === 429) return told(429, 'too-many', '操作太频繁，请一分钟后再试。');
  if (statusCode === 503) return told(503, 'busy', '访问人数较多，请稍候再试。');
  if (code === 'FST_ERR_VALIDATION' || (statusCode !== undefined && statusCode >= 400 && statusCode < 500)) {
    return told(statusCode ?? 400, 'bad-request', '请求中有无法识别的内容，请检查地址或重新填写。');
  }
  return {
    ...told(
      500,
      'fault',
      '系统出现故障，这一步没有办成，刚提交的内容没有保存。我们已记录此问题，请稍后再试。',
    ),
    title: '系统故障',
    fault: true,
  };
}

function told(
  status: number,
  code: string,
  message: string,
  extra: { article?: string | null; fields?: Readonly<Record<string, string>> } = {},
): Explanation {
  return {
    status,
    code,
    title: titles[status] ?? '无法办理',
    message,
    article: extra.article ?? null,
    fields: extra.fields ?? {},
    fault: false,
  };
}
