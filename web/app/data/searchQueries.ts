import { graphql } from './graphql.js';

export const searchQuery = graphql(`
  query Search($text: String!, $first: Int!) {
    search(text: $text, first: $first) {
      kind
      id
      title
      subtitle
      path
      exactness
    }
    networks(first: 100) {
      id
      title
    }
    _meta {
      chains {
        id
        explorer
      }
    }
  }
`);
