import type { Ref } from 'react';
import { Icon } from './icon';
import './search_field.css';

interface SearchFieldProps {
  ref?: Ref<HTMLInputElement>;
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
}

export function SearchField({
  ref,
  label,
  value,
  onChange,
  placeholder = 'Search',
}: SearchFieldProps) {
  return (
    <div className="search-field">
      <Icon name="search" size={15} />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.preventDefault();
          event.stopPropagation();
          onChange('');
        }}
      />
    </div>
  );
}
