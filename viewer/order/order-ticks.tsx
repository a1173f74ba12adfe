import { formatCount } from '../format/number.ts';
import { CheckField } from '../frame/check-field.tsx';

interface OrderTicksProps<N extends string> {
  readonly title: string;
  readonly all: readonly { readonly name: N; readonly label: string }[];
  readonly chosen: readonly N[];
  readonly choose: (names: readonly N[]) => void;
  readonly isOpen?: boolean;
}

/** Things of which some are ordered. */
export function OrderTicks<N extends string>({
  title,
  all,
  chosen,
  choose,
  isOpen = false,
}: OrderTicksProps<N>) {
  return (
    <details class="sites-zones" open={isOpen}>
      <summary>
        {title}: {formatCount(all.filter(({ name }) => chosen.includes(name)).length)}
      </summary>
      <fieldset class="sites-choices">
        <legend class="visually-hidden">{title}</legend>
        {all.map(({ name, label }) => (
          <CheckField
            key={name}
            checked={chosen.includes(name)}
            onChange={(isChosen) =>
              choose(isChosen ? [...chosen, name] : chosen.filter((each) => each !== name))
            }
          >
            {label}
          </CheckField>
        ))}
      </fieldset>
    </details>
  );
}
