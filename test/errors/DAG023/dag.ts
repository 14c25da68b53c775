export const tables = ['a', 'b'];
