#pragma once

#include <clocale>
#include <locale.h>

namespace polar_flow::zip {

/// While it lives, characters are UTF-8 on this thread. libarchive and the C library ask the
/// locale, and a server runs in the "C" locale, where every name that is not ASCII is lost.
class utf8_scope {
public:
  utf8_scope() : previous_{::uselocale(utf8_locale())} {
    // nop
  }

  ~utf8_scope() {
    ::uselocale(previous_);
  }

  utf8_scope(const utf8_scope&) = delete;
  utf8_scope& operator=(const utf8_scope&) = delete;

private:
  /// Part of every glibc of Debian; without it (null) nothing changes and only ASCII is accepted.
  static ::locale_t utf8_locale() {
    static const ::locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
  }

  ::locale_t previous_;
};

} // namespace polar_flow::zip
