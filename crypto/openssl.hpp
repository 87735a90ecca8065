#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string_view>

/// Helpers for the sources of this folder that call OpenSSL.
namespace polar_flow::crypto {

/// For calls that fail only when memory is out or OpenSSL is broken. Going on would mean to
/// work with a wrong hash or a guessable key, so this throws.
inline void check_openssl(bool succeeded, const char* what) {
  if (!succeeded)
    throw std::runtime_error{what};
}

/// A `std::unique_ptr` for OpenSSL's objects: `owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>`.
template <auto Free>
struct openssl_deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

template <class T, auto Free>
using owned = std::unique_ptr<T, openssl_deleter<Free>>;

/// OpenSSL takes no null pointer for empty input.
inline const std::uint8_t* data_of(std::string_view bytes) {
  static constexpr std::uint8_t nothing = 0;
  return bytes.empty() ? &nothing : reinterpret_cast<const std::uint8_t*>(bytes.data());
}

} // namespace polar_flow::crypto
