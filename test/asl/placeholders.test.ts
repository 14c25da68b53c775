import { describe, expect, it } from '@jest/globals';
import {
  fillPlaceholders,
  hasPlaceholder,
  isPlaceholderName,
  placeholderNames,
  placeholdersOf,
} from '../../asl/placeholders/index.ts';

const found = (text: string): string[] => placeholdersOf(text).map(({ start, end }) => text.slice(start, end));

describe('a placeholder', () => {
  it('is what the tools that deploy fill in', () => {
    for (const one of [
      '${Name}',
      '${Function.Arn}',
      '${AWS::Partition}',
      '${!Literal}',
      '${Token[TOKEN.12]}',
      '${var.name}',
      '${lookup(var.names, "a")}',
      '${module.a["b"].arn}',
      "${opt:stage, 'dev'}",
      '${file(${opt:stage}.yml):name}',
      '#{AWS::Region}',
      '%{ if var.x == "a" }',
      '%{~ endif ~}',
      '{{ name }}',
      '{{{name}}}',
      '{{resolve:ssm:/name:1}}',
      '<%= name %>',
    ]) {
      expect(found(one)).toEqual([one]);
      expect(found(`before ${one} after ${one}`)).toEqual([one, one]);
    }
  });

  it('is not what only looks like one', () => {
    for (const none of [
      '$.a',
      '$',
      '${',
      '${}',
      '${ }',
      '{{}}',
      "States.Format('{}{}', $.a, $.b)",
      '{% $states.input.rows.${"key": value} %}',
      '{% $map($rows, function($v) { ${ $v.key: $v } }) %}',
      '{% {"a": {"b": {"c": 1}}} %}',
      '{%{"a": 1}%}',
      '{% 5%{"a": 1}.a %}',
    ])
      expect(found(none)).toEqual([]);
    expect(found('${a ${b}')).toEqual(['${b}']);
    expect(hasPlaceholder('arn:aws:states:::lambda:invoke')).toBe(false);
  });

  it('is found in linear time', () => {
    for (const piece of ['${', '%{ if ', '${a{', '{{a ', '<%a ', '${"', '{{a}} ']) {
      const start = process.cpuUsage().user;
      placeholdersOf(piece.repeat(200_000));
      expect((process.cpuUsage().user - start) / 1_000).toBeLessThan(3_000);
    }
  });
});

describe('a placeholder that is ours to fill', () => {
  it('has a name that SAM and Terraform take', () => {
    expect(['a', '_a1', 'Data_Bucket'].filter((name) => !isPlaceholderName(name))).toEqual([]);
    expect(['', '1a', 'my-bucket', 'a b', 'x}', 'ä', 'a.b'].filter(isPlaceholderName)).toEqual([]);
    expect(placeholderNames('${b}/${a}/${b}/${my-bucket}/#{c}')).toEqual(['a', 'b']);
  });

  it('is filled in texts, not in keys, and only where its value is known', () => {
    expect(fillPlaceholders({ '${a}': ['${a}-${b}', 1, null, { x: '${toString}' }] }, { a: '1' })).toEqual({
      '${a}': ['1-${b}', 1, null, { x: '${toString}' }],
    });
  });
});
