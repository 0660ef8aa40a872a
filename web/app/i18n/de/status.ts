/** The page of the status, and the notices that stand on every page. */
export const status = {
  'How far each chain is read, how fresh it is, how far it is proven, whether its amounts add up, and what is wrong.':
    'Wie weit jede Chain gelesen ist, wie frisch und wie weit bewiesen sie ist, ob ihre Beträge aufgehen und was nicht stimmt.',
  'No chain is being read yet.': 'Noch wird keine Chain gelesen.',
  'The indexer has not started, or has not found its chain.':
    'Der Indexer ist nicht gestartet oder hat seine Chain nicht gefunden.',
  'Connection lost.': 'Verbindung verloren.',
  'What you see may be outdated; it refreshes by itself.':
    'Was Sie sehen, ist vielleicht veraltet; es erneuert sich von selbst.',
  '{chain} has halted.': '{chain} steht still.',
  '{chain} has halted': '{chain} steht still',
  'Its numbers stand still; see {status}.': 'Ihre Zahlen ändern sich nicht; siehe {status}.',
  '{chain} is behind.': '{chain} ist im Rückstand.',
  'Its newest events are missing below; see {status}.': 'Ihre neuesten Ereignisse fehlen unten; siehe {status}.',
  'Indexing {chain}:': '{chain} wird indiziert:',
  'Indexing {chain}': '{chain} wird indiziert',
  'Numbers grow until it is done.': 'Die Zahlen wachsen, bis es fertig ist.',
  'What is wrong': 'Was nicht stimmt',
  'One thing makes figures old or wrong now.|{n} things make figures old or wrong now.':
    'Eines macht Zahlen jetzt alt oder falsch.|{n} Dinge machen Zahlen jetzt alt oder falsch.',
  'Nothing makes figures old or wrong now.': 'Nichts macht Zahlen jetzt alt oder falsch.',
  'One more is worth knowing.|{n} more are worth knowing.':
    'Eines mehr ist gut zu wissen.|{n} weitere sind gut zu wissen.',
  Now: 'Jetzt',
  'To know': 'Zu wissen',
  'See more': 'Mehr dazu',
  'Last time, {reason}.': 'Zuletzt: {reason}.',
  'Last time, {reason}': 'Zuletzt: {reason}',
  'Nothing new of it is written. What pages say of it is as of block {block}, and stays so until its operator acts.':
    'Nichts Neues von ihr wird geschrieben. Was die Seiten von ihr sagen, hat den Stand von Block {block} und behält ihn, bis ihr Betreiber handelt.',
  'Its newest events are missing on every page; older ones are right.':
    'Ihre neuesten Ereignisse fehlen auf jeder Seite; ältere stimmen.',
  'None of the endpoints of {chain} can be asked at the moment.':
    'Keiner der Endpunkte von {chain} lässt sich im Augenblick fragen.',
  'Nothing new of it is read until one answers again.':
    'Nichts Neues von ihr wird gelesen, bis wieder einer antwortet.',
  'Events of {chain} could not be understood: {n}.': 'Ereignisse von {chain} ließen sich nicht verstehen: {n}.',
  'They are kept as they are, and what they say is in no figure.':
    'Sie werden aufgehoben, wie sie sind, und was sie sagen, steht in keiner Zahl.',
  'Amounts of {chain} that do not fit together: {n}.': 'Beträge von {chain}, die nicht zusammenpassen: {n}.',
  'They are shown as the chain has them; each is explained below.':
    'Sie werden gezeigt, wie die Chain sie hat; jeder ist unten erklärt.',
  'Not all of {chain} is proven: {share} of its blocks are.':
    'Nicht alles von {chain} ist bewiesen: {share} der Blöcke sind es.',
  'The rest is as its endpoints gave it; nobody has held it against the block headers.':
    'Der Rest ist, wie die Endpunkte ihn gaben; niemand hat ihn gegen die Blockköpfe gehalten.',
  '{endpoint} is set aside: it answered {chain} wrongly.':
    '{endpoint} ist beiseitegesetzt: Für {chain} hat er Falsches geantwortet.',
  'Other endpoints are asked in its place, and nothing that was found wrong is written.':
    'Andere Endpunkte werden an seiner Stelle gefragt, und nichts, was als falsch erkannt wurde, wird geschrieben.',
  '{endpoint} does not answer for {chain}.': '{endpoint} antwortet für {chain} nicht.',
  'It rests for a while and is asked again.': 'Er ruht eine Weile und wird dann wieder gefragt.',
  '{endpoint} has answered {chain} wrongly since the indexer started: {n}.':
    '{endpoint} hat für {chain} Falsches geantwortet, seit der Indexer läuft: {n}.',
  'Nothing of it is written: what it said was found wrong, and asked for elsewhere.':
    'Nichts davon ist geschrieben: Es wurde als falsch erkannt und anderswo erfragt.',
  'No heartbeats are collected at the moment.': 'Im Augenblick werden keine Lebenszeichen gesammelt.',
  'Who is online cannot be said. These minutes count as unknown, and nobody is blamed for them.':
    'Wer online ist, lässt sich nicht sagen. Diese Minuten zählen als unbekannt, und niemandem werden sie angelastet.',
  'The observer {name} is away.': 'Der Beobachter {name} ist weg.',
  'Others observe on; what it alone would have heard is unknown.':
    'Andere beobachten weiter; was nur er gehört hätte, ist unbekannt.',
  'Fewer than half of the usual machines of {network} are heard.':
    'Weniger als die Hälfte der sonstigen Maschinen von {network} ist zu hören.',
  'The fault may be ours. These minutes count as unknown, and nobody is called silent for them.':
    'Der Fehler kann bei uns liegen. Diese Minuten zählen als unbekannt, und niemand gilt ihretwegen als stumm.',
  'Of {network}, {failing} of {targets} that are asked by {probe} give no answer that counts.':
    'Von {network} geben {failing} von {targets}, die {probe} fragt, keine gültige Antwort.',
  'What they said last grows old and is marked so; facts of the chain are not touched.':
    'Was sie zuletzt sagten, wird alt und so gekennzeichnet; Fakten der Chain sind nicht berührt.',
  'its answer had not the form of the protocol': 'seine Antwort hatte nicht die Form des Protokolls',
  'a block header did not hash to its own hash': 'ein Blockkopf ergab nicht seinen eigenen Hash',
  'a block did not link to the one before it': 'ein Block schloss nicht an den davor an',
  'it answered of another block than the one asked for': 'er antwortete zu einem anderen Block als dem gefragten',
  'it gave a log that is removed from the chain': 'er gab ein Log, das von der Chain entfernt ist',
  'it gave a log twice': 'er gab ein Log doppelt',
  'its logs were not in the order of the block': 'seine Logs standen nicht in der Reihenfolge des Blocks',
  'it gave a log that nobody asked for': 'er gab ein Log, nach dem niemand fragte',
  'it gave a log that the block rules out': 'er gab ein Log, das der Block ausschließt',
  'a block did not match its own receipts': 'ein Block passte nicht zu seinen eigenen Belegen',
  'its receipts did not add up to the block’s own sum': 'seine Belege ergaben nicht die Summe des Blocks',
  'it altered a log': 'er veränderte ein Log',
  'it left out a log': 'er ließ ein Log weg',
  'it gave a log of a block that nobody asked for': 'er gab ein Log eines Blocks, nach dem niemand fragte',
  'it gave two different logs for one place': 'er gab zwei verschiedene Logs für eine Stelle',
  'parts of its answer were of two histories': 'Teile seiner Antwort waren aus zwei Geschichten',
  'it left out logs beyond a round number, and did not say so':
    'er ließ Logs jenseits einer runden Zahl weg und sagte es nicht',
  'No reason was given.': 'Ein Grund wurde nicht genannt.',
  'Pages and API go on with what is written, and say that it is not current.':
    'Seiten und API machen mit dem Geschriebenen weiter und sagen, dass es nicht aktuell ist.',
  'Pages and API go on with what is written up to block {number}, and say that it is not current.':
    'Seiten und API machen mit dem weiter, was bis Block {number} geschrieben ist, und sagen, dass es nicht aktuell ist.',
  'The way out, for its operator:': 'Der Ausweg, für den Betreiber:',
  'See what each endpoint says: the table below, or {command}.':
    'Sehen Sie nach, was jeder Endpunkt sagt: in der Tabelle unten oder mit {command}.',
  'Make sure that {variable} names nodes of this very chain that are in sync.':
    'Stellen Sie sicher, dass {variable} Knoten genau dieser Chain nennt, die auf dem Stand sind.',
  'If the chain did change below its final block, read it again from there:':
    'Hat sich die Chain unterhalb ihres endgültigen Blocks geändert, lesen Sie sie von dort neu:',
  Chain: 'Chain',
  Chains: 'Chains',
  State: 'Zustand',
  Written: 'Geschrieben',
  'Last block whose events are written': 'Letzter Block, dessen Ereignisse geschrieben sind',
  Head: 'Spitze',
  'Newest block of the chain': 'Neuester Block der Chain',
  Final: 'Endgültig',
  'Newest block that can no longer be taken back': 'Neuester Block, der nicht mehr zurückgenommen werden kann',
  Behind: 'Rückstand',
  'Source seen (UTC)': 'Quelle (UTC)',
  'When the source last answered': 'Wann die Quelle zuletzt antwortete',
  'Set aside': 'Beiseite',
  'Events that could not be decoded': 'Ereignisse, die sich nicht dekodieren ließen',
  'None yet': 'Noch keine',
  'Not known': 'Nicht bekannt',
  'not known': 'nicht bekannt',
  'Not yet': 'Noch nicht',
  'A recorded history has no head': 'Eine aufgezeichnete Geschichte hat keine Spitze',
  '{n} block|{n} blocks': '{n} Block|{n} Blöcke',
  "Share of the written blocks whose logs were proven against the chain's own block headers":
    'Anteil der geschriebenen Blöcke, deren Logs gegen die Blockköpfe der Chain selbst bewiesen sind',
  'Reorganisations that were healed': 'Reorganisationen, die behoben wurden',
  Never: 'Nie',
  '{n} time|{n} times': '{n}-mal|{n}-mal',
  'at most {n} block at once|at most {n} blocks at once':
    'höchstens {n} Block auf einmal|höchstens {n} Blöcke auf einmal',
  'Safe, final': 'Sicher, endgültig',
  'Newest blocks that the source calls safe, and that can no longer be taken back':
    'Neueste Blöcke, die die Quelle sicher nennt und die nicht mehr zurückgenommen werden können',
  'State digest': 'Zustandsprüfsumme',
  'Two indexers hold the same facts up to a block exactly when their digests of it are equal':
    'Zwei Indexer haben bis zu einem Block genau dann dieselben Fakten, wenn ihre Prüfsummen gleich sind',
  'at block {number}': 'bei Block {number}',
  exact: 'genau',
  'Byte for byte, by the receipts root of each block': 'Byte für Byte, durch die Belegwurzel jedes Blocks',
  superset: 'Obermenge',
  "By each block's hash and bloom: nothing is left out": 'Durch Hash und Bloom jedes Blocks: Nichts fehlt',
  'not verified': 'nicht geprüft',
  'As the source gave them': 'Wie die Quelle sie gab',
  'Nothing is written yet': 'Noch ist nichts geschrieben',
  Endpoint: 'Endpunkt',
  'Endpoints, since the indexer started': 'Endpunkte, seit der Indexer läuft',
  'Endpoints of {chain}': 'Endpunkte von {chain}',
  'Newest block it named': 'Neuester Block, den er nannte',
  Latency: 'Latenz',
  'Moving average of the time to an answer': 'Gleitender Mittelwert der Zeit bis zur Antwort',
  Requests: 'Anfragen',
  'HTTP requests, and the calls in them': 'HTTP-Anfragen und die Aufrufe darin',
  Received: 'Empfangen',
  'Size of its answers': 'Größe seiner Antworten',
  Unanswered: 'Unbeantwortet',
  'Requests that came to no answer': 'Anfragen, auf die keine Antwort kam',
  Wrong: 'Falsch',
  'Answers that were found wrong': 'Antworten, die als falsch erkannt wurden',
  '{n} call|{n} calls': '{n} Aufruf|{n} Aufrufe',
  'up to {n}/s': 'bis zu {n}/s',
  Usable: 'Nutzbar',
  Resting: 'Ruht',
  Anomalies: 'Unstimmigkeiten',
  'Amounts are held against each other as they are read: what is spent against what is paid, and balances that a log states against the changes before it.':
    'Beträge werden beim Lesen aneinander gemessen: Ausgaben an Zahlungen und Stände, die ein Log nennt, an den Änderungen davor.',
  'not checked yet': 'noch nicht geprüft',
  'checked up to block {number}': 'geprüft bis Block {number}',
  '{n} anomaly|{n} anomalies': '{n} Unstimmigkeit|{n} Unstimmigkeiten',
  'nothing odd': 'nichts Auffälliges',
  'Spending is pay': 'Ausgabe ist Zahlung',
  'What leaves an escrow is what is paid, fees included.':
    'Was ein Treuhandkonto verlässt, wird gezahlt, Gebühren inbegriffen.',
  'Escrow is covered': 'Treuhand ist gedeckt',
  'Nobody spends or takes back more than was paid in.':
    'Niemand gibt mehr aus oder nimmt mehr zurück, als eingezahlt wurde.',
  'Closed jobs rest': 'Beendete Aufträge ruhen',
  'After the end of a job its money moves no more.': 'Nach dem Ende eines Auftrags bewegt sich sein Geld nicht mehr.',
  'Stake is covered': 'Stake ist gedeckt',
  'Nobody unlocks or loses more stake than was put down.':
    'Niemand löst oder verliert mehr Stake, als hinterlegt wurde.',
  'Balances agree': 'Stände stimmen überein',
  'A stated balance is what its changes come to.': 'Ein genannter Stand ist, was seine Änderungen ergeben.',
  'Bonds agree': 'Einlagen stimmen überein',
  'A stated bond is what its changes come to.': 'Eine genannte Einlage ist, was ihre Änderungen ergeben.',
  '{network}: held against {held} of {n} rules': '{network}: an {held} von {n} Regeln gemessen',
  'Does not apply.': 'Trifft nicht zu.',
  'The newest {shown} of {n}': 'Die neuesten {shown} von {n}',
  'All of them': 'Alle',
  'Block {number}': 'Block {number}',
  'What does not fit': 'Was nicht passt',
  'When (UTC)': 'Wann (UTC)',
  'The facts break the rule {rule}.': 'Die Fakten verletzen die Regel {rule}.',
  'A log says that {subject} has {got}; the changes before it come to {expected}.':
    'Ein Log sagt, dass {subject} {got} hat; die Änderungen davor ergeben {expected}.',
  '{expected} were spent from escrow and {got} were paid.':
    '{expected} wurden aus der Treuhand ausgegeben und {got} gezahlt.',
  'What is held for {subject} fell to {got}.': 'Was für {subject} gehalten wird, fiel auf {got}.',
  'The stake bonded to {subject} fell to {got}.': 'Der Stake bei {subject} fiel auf {got}.',
  'What is held for {subject} changed by {got} after its end.':
    'Was für {subject} gehalten wird, änderte sich nach dem Ende um {got}.',
  'A change of {expected} to {subject} counts as {got}.': 'Eine Änderung von {expected} bei {subject} zählt als {got}.',
  'base units': 'Basiseinheiten',
  somebody: 'jemand',
  'Events that could not be understood. They are kept, and nothing waits for them.':
    'Ereignisse, die sich nicht verstehen ließen. Sie werden aufgehoben, und nichts wartet auf sie.',
  'It could not be decoded': 'Es ließ sich nicht dekodieren',
  'It has no meaning that is known': 'Es hat keine bekannte Bedeutung',
  'It could not be written': 'Es ließ sich nicht schreiben',
  'It is written, and contradicts what came before': 'Es ist geschrieben und widerspricht dem, was vorher kam',
  Heartbeats: 'Lebenszeichen',
  'No heartbeats are collected here: no gateway has run yet.':
    'Hier werden keine Lebenszeichen gesammelt: Noch lief kein Gateway.',
  'Beats in the last minute:|Beats in the last {n} minutes, oldest first:':
    'Lebenszeichen in der letzten Minute:|Lebenszeichen in den letzten {n} Minuten, älteste zuerst:',
  'Places from which nodes are seen, over the last 24 hours':
    'Orte, von denen Maschinen gesehen werden, über die letzten 24 Stunden',
  Observer: 'Beobachter',
  Observers: 'Beobachter',
  Group: 'Gruppe',
  'Observers of one group have one vote together': 'Beobachter einer Gruppe haben zusammen eine Stimme',
  'Beats a minute': 'Lebenszeichen je Minute',
  'Of the last minute that is over': 'In der letzten abgelaufenen Minute',
  'Last alive (UTC)': 'Zuletzt am Leben (UTC)',
  Away: 'Weg',
  'Minutes in which it could take beats for less than 50 seconds':
    'Minuten, in denen er weniger als 50 Sekunden lang Lebenszeichen annehmen konnte',
  'Never yet': 'Noch nie',
  'Never started': 'Nie gestartet',
  Observing: 'Beobachtet',
  'not once': 'kein einziges Mal',
  '{n} minute|{n} minutes': '{n} Minute|{n} Minuten',
  'and {n} before': 'und {n} davor',
  'Prices off chain': 'Preise abseits der Chain',
  'What is asked off chain, for prices and for who is there; it is no fact, and gets old where nobody answers':
    'Was abseits der Chain erfragt wird, nach Preisen und danach, wer da ist; es ist kein Fakt und wird alt, wo niemand antwortet',
  Probes: 'Sonden',
  Asks: 'Fragt',
  Targets: 'Ziele',
  'Providers, machines or public sources that are asked':
    'Anbieter, Maschinen oder öffentliche Quellen, die gefragt werden',
  Fresh: 'Frisch',
  'Targets whose last answer is no older than three intervals':
    'Ziele, deren letzte Antwort nicht älter als drei Abstände ist',
  Failing: 'Ohne Antwort',
  'Targets that gave no answer, or not one that counts, when they were last asked':
    'Ziele, die bei der letzten Frage keine oder keine gültige Antwort gaben',
  'Prices in the last answers; beside them entries that made no sense':
    'Preise in den letzten Antworten; daneben Einträge ohne Sinn',
  'Last answer (UTC)': 'Letzte Antwort (UTC)',
  'Last flaw': 'Letzter Mangel',
  'Not indexed': 'Nicht indiziert',
  '{n} refused': '{n} abgelehnt',
  'No answer yet': 'Noch keine Antwort',
  None: 'Keiner',
};
