/** The frame around every page, and what is said when a page can't be made. */
export const frame = {
  'Skip to content': 'Zum Inhalt springen',
  Main: 'Hauptmenü',
  Networks: 'Netzwerke',
  Providers: 'Anbieter',
  Jobs: 'Aufträge',
  Supply: 'Angebot',
  Prices: 'Preise',
  Reliability: 'Zuverlässigkeit',
  Economy: 'Wirtschaft',
  Mechanisms: 'Mechanismen',
  Metrics: 'Kennzahlen',
  Status: 'Status',
  'Colour theme': 'Farbschema',
  Light: 'Hell',
  Dark: 'Dunkel',
  System: 'System',
  Language: 'Sprache',
  'Data as of': 'Datenstand',
  'Not known at the moment.': 'Im Augenblick nicht bekannt.',
  'No chain has been read yet.': 'Noch wurde keine Chain gelesen.',
  'Some events could not be decoded and are set aside: {status} counts them.':
    'Einige Ereignisse ließen sich nicht dekodieren und sind beiseitegelegt: Der {status} zählt sie.',
  status: 'Status',
  'open source, Apache-2.0': 'quelloffen, Apache-2.0',
  'All times UTC. “—” means unknown: no evidence yet; “0” is a value; “unavailable” is known, but not here and now; “not recorded” means the protocol does not say.':
    'Alle Zeiten in UTC. „—“ heißt unbekannt: noch kein Beleg; „0“ ist ein Wert; „nicht verfügbar“ ist bekannt, aber nicht hier und jetzt; „nicht erfasst“ heißt: Das Protokoll sagt es nicht.',
  'block {number}': 'Block {number}',
  'block {number} (recorded order)': 'Block {number} (aufgezeichnete Reihenfolge)',
  'no block yet': 'noch kein Block',
  '{duration} old': '{duration} alt',
  behind: 'im Rückstand',
  'up to date': 'aktuell',
  'the newest its chain has': 'das Neueste dieser Chain',
  'Error {status}': 'Fehler {status}',
  'That is out of range': 'Das liegt außerhalb des Bereichs',
  'The address asks for something the data cannot answer.':
    'Die Adresse fragt nach etwas, das die Daten nicht hergeben.',
  'Not found': 'Nicht gefunden',
  'There is no such page, provider or job here. It may not be indexed yet, or its address is mistyped.':
    'Eine solche Seite, einen solchen Anbieter oder Auftrag gibt es hier nicht. Vielleicht ist er noch nicht indiziert, oder die Adresse ist vertippt.',
  'The data is out of reach': 'Die Daten sind nicht erreichbar',
  'The pages run, but the service behind them does not answer. Nothing is lost; this page comes back by itself.':
    'Die Seiten laufen, doch der Dienst dahinter antwortet nicht. Nichts ist verloren; diese Seite kommt von selbst wieder.',
  'If you run this instance: check that the API process and its database are up, and read their log for the reason.':
    'Falls Sie diese Instanz betreiben: Prüfen Sie, ob API und Datenbank laufen, und lesen Sie in deren Protokoll den Grund.',
  'Something went wrong': 'Etwas ist schiefgegangen',
  'This page could not be made. The reason is in the server’s log; the other pages work on.':
    'Diese Seite konnte nicht erstellt werden. Der Grund steht im Protokoll des Servers; die anderen Seiten gehen weiter.',
};
