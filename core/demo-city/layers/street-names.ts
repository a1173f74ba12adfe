/** Names that streets of a Polish town bear, in an order of the seed's own. */
import { randomOf } from '../random.ts';

const THEMES =
  'Lipowa Klonowa Dębowa Brzozowa Kasztanowa Jesionowa Akacjowa Wierzbowa Topolowa Jarzębinowa Kwiatowa Różana Fiołkowa Wrzosowa Liliowa Słonecznikowa Ogrodowa Sadowa Polna Łąkowa Leśna Zielona Słoneczna Wiosenna Letnia Jesienna Krótka Długa Wąska Szeroka Prosta Kręta Graniczna Boczna Cicha Spokojna Pogodna Radosna Szkolna Kościelna Parkowa Wodna Rybacka Młyńska Garbarska Kramarska Szewska Tkacka Piekarska Kowalska Bednarska Żydowska Dominikańska Franciszkańska Rzemieślnicza Fabryczna Składowa Towarowa Magazynowa Kolejowa Dworcowa Nadrzeczna Wiślana Warciańska Notecka Bałtycka Tatrzańska Karkonoska Sudecka Mazurska Kujawska Śląska Pomorska Podolska Wołyńska Lwowska Wileńska Krakowska Gnieźnieńska Kościańska Szamotulska Obornicka Gołębia Orla Sokola Jaskółcza Słowicza Bociania Żurawia Sarnia Wilcza Lisia Zajęcza'.split(
    ' ',
  );
const PEOPLE =
  'Adama Mickiewicza;Juliusza Słowackiego;Cypriana Norwida;Henryka Sienkiewicza;Bolesława Prusa;Marii Konopnickiej;Elizy Orzeszkowej;Stefana Żeromskiego;Władysława Reymonta;Jana Kochanowskiego;Mikołaja Reja;Fryderyka Chopina;Stanisława Moniuszki;Karola Szymanowskiego;Ignacego Paderewskiego;Henryka Wieniawskiego;Jana Matejki;Józefa Chełmońskiego;Wojciecha Kossaka;Mikołaja Kopernika;Marii Skłodowskiej-Curie;Ignacego Łukasiewicza;Tadeusza Kościuszki;Kazimierza Pułaskiego;Jana Henryka Dąbrowskiego;Emilii Plater;Romualda Traugutta;Hipolita Cegielskiego;Karola Marcinkowskiego;Dezyderego Chłapowskiego;Karola Libelta;Juliana Tuwima;Bolesława Leśmiana;Leopolda Staffa;Zofii Nałkowskiej;Marii Dąbrowskiej;Janusza Korczaka;Heleny Modrzejewskiej;Wojciecha Bogusławskiego;Stanisława Staszica'.split(
    ';',
  );
const FIRST =
  'Jana Piotra Antoniego Franciszka Ludwika Walentego Macieja Szymona Leona Feliksa Wincentego Stefana Józefa Karola Michała Bogdana'.split(
    ' ',
  );
const FAMILY =
  'Wolskiego Zaremby Górskiego Jarosza Lipskiego Sobczaka Mroczka Kurka Bartosza Olszewskiego Grabskiego Nowaka Dudy Zawadzkiego Krukowskiego Rataja Szulca'.split(
    ' ',
  );
const AVENUES = [
  'Aleja Wolności',
  'Aleja Niepodległości',
  'Trakt Królewski',
  'Aleja Solidarności',
  'Aleja Powstańców',
  'Aleja Rzeczypospolitej',
  'Aleja Wielkopolska',
];

/** Gives each street another name, for as many streets as a metropolis has. */
export class StreetNames {
  readonly #names: string[];
  readonly #avenues = [...AVENUES];
  #given = 0;

  constructor(seed: number) {
    const random = randomOf(seed, 'street names');
    this.#names = [...THEMES, ...PEOPLE];
    for (let i = this.#names.length - 1; i > 0; i--) {
      const k = random.integer(0, i);
      const [a, b] = [this.#names[i] as string, this.#names[k] as string];
      this.#names[i] = b;
      this.#names[k] = a;
    }
  }

  next(avenue = false): string {
    const grand = avenue ? this.#avenues.shift() : undefined;
    if (grand) return grand;
    const i = this.#given++;
    const known = this.#names[i];
    if (known) return known;
    const k = i - this.#names.length;
    const pair = `${FIRST[k % FIRST.length]} ${FAMILY[(k + Math.floor(k / (FIRST.length * FAMILY.length))) % FAMILY.length]}`;
    const round = Math.floor(k / (FIRST.length * FAMILY.length));
    return round === 0 ? pair : `${pair} ${round + 1}`;
  }
}
