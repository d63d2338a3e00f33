#!/usr/bin/env node
// Checks an exported ledger against digests kept outside the database. Needs nothing but Node and this file.
import { createHash, getHashes } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const HELP = `Checks an exported ledger (gongkai ledger export) without installation.
核验导出的操作台账,无需安装。

  node verify-ledger.mjs EXPORT [--anchors FILE]… [--digest SEQ:DIGEST]… [--json]

  --anchors FILE        the anchor file (var/anchors/ledger.jsonl), or the answer of /api/v1/ledger/anchors saved as a file
  --digest SEQ:DIGEST   number of acts and digest as printed on the public page /ledger
  --json                one JSON value instead of sentences

Example: node verify-ledger.mjs ledger.jsonl --anchors ledger-anchors.jsonl

Exit 0: every act holds and agrees with every digest given. 1: something was altered, inserted, removed or cut off.
2: bad usage, an unreadable file, or a Node without SM3.`;

const GENESIS = '0'.repeat(64);
const DIGEST = /^[0-9a-f]{64}$/;

class BadInput extends Error {}

function sm3(text) {
  return createHash('sm3').update(text).digest('hex');
}

function canonicalJson(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(',')}}`;
}

function readOptions(args) {
  const options = { file: null, anchors: [], digests: [], json: false };
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === '--json') options.json = true;
    else if (arg === '--anchors' || arg === '--digest') {
      const value = args[++index];
      if (value === undefined) throw new BadInput(`${arg} needs a value (${arg} 后面缺少内容)`);
      if (arg === '--anchors') options.anchors.push(value);
      else options.digests.push(readDigest(value));
    } else if (arg.startsWith('-')) throw new BadInput(`unknown option ${arg} (没有这个选项)`);
    else if (options.file === null) options.file = arg;
    else throw new BadInput(`one export at a time: ${arg} (一次只核验一个文件)`);
  }
  if (options.file === null) throw new BadInput('name the exported ledger (请给出导出的台账文件)');
  return options;
}

function readDigest(text) {
  const match = /^(\d+):([0-9a-fA-F]{64})$/.exec(text);
  if (!match)
    throw new BadInput(
      `--digest ${text}: write SEQ:DIGEST, the digest with 64 hexadecimal digits (应写成 序号:64位摘要)`,
    );
  return { agency: null, day: null, seq: Number(match[1]), digest: match[2].toLowerCase() };
}

/** Anchor lines chain too: each repeats the digest of the line before it. Returns the anchors and what is wrong. */
function readAnchors(path) {
  const text = readFileSync(path, 'utf8');
  const problems = [];
  const answer = parse(text);
  if (answer !== null && Array.isArray(answer.anchors))
    return { anchors: answer.anchors.map(known), problems };
  const anchors = [];
  let previous = GENESIS;
  text.split('\n').forEach((line, index, lines) => {
    if (line === '' && index === lines.length - 1) return;
    const anchor = parse(line);
    if (anchor === null) {
      problems.push(`${path}:${index + 1}: not an anchor line (不是有效的存证行)`);
    } else {
      if (anchor.previous !== previous) {
        problems.push(
          `${path}:${index + 1}: the line before it was altered, removed or inserted (存证文件上一行被改动、删除或插入)`,
        );
      }
      anchors.push(known(anchor, `${path}:${index + 1}`));
    }
    previous = sm3(line);
  });
  return { anchors, problems };

  function known(anchor, at) {
    if (
      typeof anchor?.agency !== 'string' ||
      !Number.isSafeInteger(anchor.seq) ||
      !DIGEST.test(anchor.digest)
    ) {
      throw new BadInput(
        `${typeof at === 'string' ? at : path}: an anchor needs agency, seq and digest (存证缺少机构、序号或摘要)`,
      );
    }
    return anchor;
  }
}

function parse(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

async function verify(path, anchors) {
  const problems = [];
  const waiting = new Map();
  for (const anchor of anchors) waiting.set(anchor.seq, [...(waiting.get(anchor.seq) ?? []), anchor]);
  let header = null;
  let entries = 0;
  let previous = GENESIS;
  let firstBroken = null;
  let anchored = 0;
  let line = 0;
  const broken = (seq, problem) => {
    firstBroken ??= seq;
    problems.push(problem);
  };
  const input = createReadStream(path, 'utf8');
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line += 1;
    const value = parse(text);
    if (header === null) {
      if (value?.format !== 'gongkai-ledger' || value.version !== 1) {
        throw new BadInput(`${path}:1: not an exported ledger of version 1 (不是第 1 版的台账导出文件)`);
      }
      header = value;
      continue;
    }
    if (value === null) {
      broken(entries + 1, `line ${line}: not an act (第 ${line} 行不是有效记录)`);
      break;
    }
    const { previousDigest, digest, ...act } = value;
    if (act.seq !== entries + 1) {
      broken(
        entries + 1,
        `act ${entries + 1} is missing or out of order: line ${line} holds act ${act.seq} (第 ${entries + 1} 条缺失、乱序或被插入)`,
      );
      break;
    }
    if (act.agency !== header.agency.id) {
      broken(act.seq, `act ${act.seq} belongs to another agency (第 ${act.seq} 条属于其他机构)`);
      break;
    }
    if (previousDigest !== previous) {
      broken(act.seq, `act ${act.seq} does not follow the act before it (第 ${act.seq} 条与上一条不衔接)`);
      break;
    }
    if (sm3(`${previous}\n${canonicalJson(act)}`) !== digest) {
      broken(
        act.seq,
        `act ${act.seq} was altered: its content does not give its digest (第 ${act.seq} 条内容被改动)`,
      );
      break;
    }
    for (const anchor of waiting.get(act.seq) ?? []) {
      if (anchor.digest !== digest) {
        broken(
          act.seq,
          `act ${act.seq}: the digest published${anchor.day ? ` for ${anchor.day}` : ''} is another one; the history up to here was rewritten (与公布的摘要不符,此前的历史被改写)`,
        );
      }
    }
    if (waiting.delete(act.seq)) anchored = act.seq;
    entries = act.seq;
    previous = digest;
  }
  if (header === null) throw new BadInput(`${path}: the file is empty (文件是空的)`);
  if (firstBroken === null && entries < header.entries) {
    broken(
      entries + 1,
      `the export ends after act ${entries}, its header promises ${header.entries} (文件尾部缺失)`,
    );
  }
  if (firstBroken === null && (entries > header.entries || previous !== header.head)) {
    broken(
      Math.min(entries, header.entries) + 1,
      `the header of the export does not fit its acts (文件头与内容不符)`,
    );
  }
  // What remains was published for acts that the export does not have.
  const beyond = [...waiting.values()].flat();
  if (firstBroken === null && beyond.length > 0) {
    const first = beyond.reduce((a, b) => (a.seq < b.seq ? a : b));
    broken(
      entries + 1,
      `the tail was cut off: a digest was published for act ${first.seq}${first.day ? ` on ${first.day}` : ''}, the export ends after act ${entries} (尾部被截去)`,
    );
  }
  return { header, entries, firstBroken, anchored, problems };
}

async function main() {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) return say(HELP, 0);
  if (!getHashes().includes('sm3')) {
    throw new BadInput(
      `this Node (${process.version}) lacks SM3; use an official Node 20 or newer (本机 Node 不支持 SM3)`,
    );
  }
  const options = readOptions(args);
  const { agency, ledger } = await headerOf(options.file);
  const files = options.anchors.map(readAnchors);
  const given = [...files.flatMap((file) => file.anchors), ...options.digests];
  const own = given.filter(
    (anchor) =>
      anchor.agency === null ||
      (anchor.agency === agency.code && (anchor.ledger === undefined || anchor.ledger === ledger)),
  );
  const result = await verify(options.file, own);
  const problems = [...files.flatMap((file) => file.problems), ...result.problems];
  if (given.length > 0 && own.length === 0) {
    problems.push(`none of the digests given is of agency ${agency.code} (所给摘要中没有该机构的)`);
  }
  const ok = problems.length === 0;
  const { entries, firstBroken, anchored } = result;
  if (options.json) {
    return say(
      JSON.stringify({
        agency: agency.code,
        entries,
        ok,
        firstBroken,
        anchors: own.length,
        anchored,
        problems,
      }),
      ok ? 0 : 1,
    );
  }
  const lines = [
    `${agency.name} (${agency.code}): ${entries} acts read, ${own.length} published digests used`,
    ...problems,
  ];
  if (ok && own.length === 0) {
    lines.push(
      'The acts hold together, but without --anchors or --digest a cut-off tail cannot be seen (未提供公布的摘要,无法发现尾部被截去)',
    );
  } else if (ok) {
    const open = entries - anchored;
    lines.push(`OK: no act was altered, inserted or removed up to act ${anchored} (完好)`);
    if (open > 0)
      lines.push(
        `The newest ${open} acts are not covered by a published digest yet (最新 ${open} 条尚无公布的摘要)`,
      );
  } else lines.push('BROKEN (台账已被破坏)');
  return say(lines.join('\n'), ok ? 0 : 1);
}

async function headerOf(path) {
  for await (const text of createInterface({ input: createReadStream(path, 'utf8') })) {
    const header = parse(text);
    if (
      header?.format !== 'gongkai-ledger' ||
      typeof header.agency?.code !== 'string' ||
      !Number.isSafeInteger(header.entries)
    )
      break;
    return header;
  }
  throw new BadInput(`${path}: not an exported ledger (不是导出的台账文件)`);
}

function say(text, code) {
  process.stdout.write(`${text}\n`);
  process.exitCode = code;
}

main().catch((error) => {
  const plain = error instanceof BadInput || ['ENOENT', 'EISDIR', 'EACCES'].includes(error?.code);
  process.stderr.write(`${plain ? error.message : error.stack}\n`);
  process.exitCode = 2;
});
