/**
 * The surroundings are not right (disk, port, settings, database server): one plain sentence that says what to do,
 * shown without a stack. The process ends with a non-zero exit code.
 */
export class SetupFault extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'SetupFault';
  }
}

/** Turns an error of the file system into the sentence an operator needs; anything else is passed through. */
export function fileSystemFault(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new SetupFault(diskFull(path), { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new SetupFault(notWritable(path), { cause: error });
    case 'ENOTDIR':
    case 'EEXIST':
      return new SetupFault(
        `${path} 应为目录，却是一个文件，请移走后重试。 ${path} must be a folder but is a file.`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}

export const diskFull = (path: string) =>
  `磁盘已满，无法写入 ${path}，请清理空间后重试。 The disk that holds ${path} is full; free some space and start again.`;

export const notWritable = (path: string) =>
  `无法写入 ${path}，请检查该目录的属主和权限。 ${path} cannot be written by this user; check its owner and permissions.`;
