#include "crypto/aes.hpp"

#include "crypto/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

namespace polar_flow::crypto {

namespace {

constexpr std::size_t nonce_size = std::tuple_size_v<gcm_nonce>;
constexpr std::size_t tag_size = 16;
constexpr std::size_t block_size = 16;

using cipher_context = owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

cipher_context make_context() {
  cipher_context context{EVP_CIPHER_CTX_new()};
  check_openssl(context != nullptr, "No memory for a cipher");
  return context;
}

int size_of(std::string_view bytes) {
  return static_cast<int>(bytes.size());
}

std::uint8_t* writable(std::string& bytes) {
  return reinterpret_cast<std::uint8_t*>(bytes.data());
}

} // namespace

std::vector<std::uint8_t> encrypt_gcm(std::span<const std::uint8_t, 32> key,
                                      const gcm_nonce& nonce, std::string_view secret,
                                      std::string_view context) {
  const auto cipher = make_context();
  std::vector<std::uint8_t> sealed(nonce_size + secret.size() + tag_size);
  std::ranges::copy(nonce, sealed.begin());
  auto* const ciphertext = sealed.data() + nonce_size;
  auto* const tag = ciphertext + secret.size();
  int written = 0;
  const bool done
      = EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data()) == 1
        && EVP_EncryptUpdate(cipher.get(), nullptr, &written, data_of(context), size_of(context))
               == 1
        && EVP_EncryptUpdate(cipher.get(), ciphertext, &written, data_of(secret), size_of(secret))
               == 1
        && EVP_EncryptFinal_ex(cipher.get(), tag, &written) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_size, tag) == 1;
  check_openssl(done, "AES-256-GCM failed to encrypt");
  return sealed;
}

std::optional<std::string> decrypt_gcm(std::span<const std::uint8_t, 32> key,
                                       std::string_view sealed, std::string_view context) {
  if (sealed.size() < nonce_size + tag_size)
    return std::nullopt;
  const auto nonce = sealed.substr(0, nonce_size);
  const auto ciphertext = sealed.substr(nonce_size, sealed.size() - nonce_size - tag_size);
  // OpenSSL wants to be able to write to the tag that it only reads.
  std::string tag{sealed.substr(sealed.size() - tag_size)};
  const auto cipher = make_context();
  // A byte longer than needed, so that there is an address even for an empty secret.
  std::string secret(ciphertext.size() + 1, '\0');
  int written = 0;
  const bool done
      = EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), data_of(nonce))
            == 1
        && EVP_DecryptUpdate(cipher.get(), nullptr, &written, data_of(context), size_of(context))
               == 1
        && EVP_DecryptUpdate(cipher.get(), writable(secret), &written, data_of(ciphertext),
                             size_of(ciphertext))
               == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()) == 1
        && EVP_DecryptFinal_ex(cipher.get(), writable(secret) + ciphertext.size(), &written) == 1;
  if (!done) {
    OPENSSL_cleanse(secret.data(), secret.size());
    return std::nullopt;
  }
  secret.pop_back();
  return secret;
}

std::optional<std::string> decrypt_cbc(std::span<const std::uint8_t, 16> key,
                                       std::string_view iv, std::string_view ciphertext) {
  if (iv.size() != block_size || ciphertext.empty() || ciphertext.size() % block_size != 0)
    return std::nullopt;
  const auto cipher = make_context();
  std::string secret(ciphertext.size() + block_size, '\0');
  int written = 0;
  int written_last = 0;
  const bool done
      = EVP_DecryptInit_ex(cipher.get(), EVP_aes_128_cbc(), nullptr, key.data(), data_of(iv)) == 1
        && EVP_DecryptUpdate(cipher.get(), writable(secret), &written, data_of(ciphertext),
                             size_of(ciphertext))
               == 1
        && EVP_DecryptFinal_ex(cipher.get(), writable(secret) + written, &written_last) == 1;
  if (!done) {
    OPENSSL_cleanse(secret.data(), secret.size());
    return std::nullopt;
  }
  secret.resize(static_cast<std::size_t>(written) + static_cast<std::size_t>(written_last));
  return secret;
}

} // namespace polar_flow::crypto
