/** What values are allowed, and what is wrong with one. */
export const values = {
  real: 'a number from {{min}} to {{max}}',
  whole: 'a whole number from {{min}} to {{max}}',
  dataSet: 'the name of a data set',
  or: ' or ',
  reals: '{{count}} numbers from {{min}} to {{max}}',
  wholes: '{{count}} whole numbers from {{min}} to {{max}}',
  separated: '{{values}}, with "{{separator}}" between',
  two: 'two',
  countRange: '{{min}} to {{max}}',
  onlyFor: '{{objectives}} only',
  atLeast: 'At least {{min}}',
  atMost: 'At most {{max}}',
  atMostNumbers: 'At most {{max}} numbers',
  wholeOnly: 'Whole numbers only',
  notDivisible: 'Must be divisible by 2 once for every convolution',
  notValid: 'Not a valid value',
} as const;
