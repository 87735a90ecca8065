#include "zip/writer.hpp"

#include "zip/archive.hpp"
#include "zip/file_name.hpp"
#include "zip/reader.hpp"
#include "zip/utf8_scope.hpp"

#include <cstdint>
#include <utility>

namespace polar_flow::zip {

namespace {

/// Everybody may read what was unpacked, the owner may change it.
constexpr ::mode_t file_permissions = 0644;

la_ssize_t keep_bytes(::archive*, void* ready, const void* bytes, std::size_t count) {
  static_cast<std::string*>(ready)->append(static_cast<const char*>(bytes), count);
  return static_cast<la_ssize_t>(count);
}

} // namespace

struct writer::state {
  /// What may be called next.
  enum class phase : std::uint8_t { between_files, within_file, finished };

  phase current = phase::between_files;
  std::string ready;
  owned<::archive, ::archive_write_free> handle{::archive_write_new()};

  state() {
    const utf8_scope scope;
    ::archive_write_set_format_zip(handle.get());
    ::archive_write_zip_set_compression_deflate(handle.get());
    ::archive_write_set_options(handle.get(), "zip:hdrcharset=UTF-8");
    // No buffer of libarchive's own, and no padding to full blocks at the end.
    ::archive_write_set_bytes_per_block(handle.get(), 0);
    ::archive_write_set_bytes_in_last_block(handle.get(), 1);
    ::archive_write_open2(handle.get(), &ready, nullptr, keep_bytes, nullptr, nullptr);
  }

  /// libarchive loses memory when it is called out of turn.
  result<void> expect(phase needed) const {
    if (current == needed)
      return {};
    return fail(errc::invalid_argument, "the files of a zip are begun and ended one by one");
  }

  result<void> checked(int status, phase next, const char* what) {
    if (status != ARCHIVE_OK)
      return archive_failure(what, handle.get());
    current = next;
    return {};
  }
};

writer::writer() : state_{std::make_unique<state>()} {
  // nop
}

writer::~writer() = default;
writer::writer(writer&&) noexcept = default;
writer& writer::operator=(writer&&) noexcept = default;

result<void> writer::begin_file(std::string_view name, instant modified) {
  if (const auto objection = objection_to_name(name, limits{}.name_bytes_max); !objection.empty())
    return fail(
        errc::invalid_argument,
        std::string{"a file cannot be put into the zip because its name "}.append(objection));
  if (const auto expected = state_->expect(state::phase::between_files); !expected)
    return expected;
  const utf8_scope scope;
  const owned<::archive_entry, ::archive_entry_free> entry{::archive_entry_new()};
  ::archive_entry_set_pathname(entry.get(), std::string{name}.c_str());
  ::archive_entry_set_filetype(entry.get(), AE_IFREG);
  ::archive_entry_set_perm(entry.get(), file_permissions);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(modified).time_since_epoch();
  ::archive_entry_set_mtime(entry.get(), seconds.count(), 0);
  return state_->checked(::archive_write_header(state_->handle.get(), entry.get()),
                         state::phase::within_file, "a file of the zip cannot be begun");
}

result<void> writer::append(std::string_view bytes) {
  if (const auto expected = state_->expect(state::phase::within_file); !expected)
    return expected;
  const auto written = ::archive_write_data(state_->handle.get(), bytes.data(), bytes.size());
  if (written < 0 || static_cast<std::size_t>(written) != bytes.size())
    return archive_failure("a file of the zip cannot be written", state_->handle.get());
  return {};
}

result<void> writer::end_file() {
  if (const auto expected = state_->expect(state::phase::within_file); !expected)
    return expected;
  return state_->checked(::archive_write_finish_entry(state_->handle.get()),
                         state::phase::between_files, "a file of the zip cannot be ended");
}

result<void> writer::finish() {
  if (const auto expected = state_->expect(state::phase::between_files); !expected)
    return expected;
  return state_->checked(::archive_write_close(state_->handle.get()), state::phase::finished,
                         "the zip cannot be finished");
}

std::string writer::take() {
  return std::exchange(state_->ready, {});
}

} // namespace polar_flow::zip
