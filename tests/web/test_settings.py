"""Flags and environment of `antrean serve`, and what a bad one is told."""

import argparse
from pathlib import Path

import pytest

from antrean import settings
from antrean.__main__ import main
from antrean.settings import OPTIONS, BadSetting, Settings, read


def parsed(*arguments: str) -> dict[str, str | None]:
    parser = argparse.ArgumentParser()
    settings.add_options(parser)
    return vars(parser.parse_args(arguments))


def test_nothing_given_is_the_default() -> None:
    assert read(parsed(), {}) == Settings()


def test_flags_and_variables_say_the_same() -> None:
    values = {
        "host": "0.0.0.0", "port": "0", "data": "/tmp/x", "catalogue": "a.toml",
        "demo_speed": "2.5", "public_url": "https://mpp.example.id/",
        "origins": "https://a.test, http://b.test:81/", "trusted_proxy": "127.0.0.1,10.0.0.0/8",
        "clock_speed": "60", "log_level": "warning",
    }  # fmt: skip
    flags = [p for k, v in values.items() for p in (f"--{k.replace('_', '-')}", v)]
    by_flag = read(parsed(*flags, "--demo", "--accept-clock"), {})
    names = {f"ANTREAN_{k.upper()}": v for k, v in values.items()}
    by_name = read(parsed(), names | {"ANTREAN_DEMO": "1", "ANTREAN_ACCEPT_CLOCK": "yes"})
    assert by_flag == by_name
    assert by_flag == Settings(
        host="0.0.0.0",
        port=0,
        data=Path("/tmp/x"),
        catalogue=Path("a.toml"),
        demo=True,
        demo_speed=2.5,
        public_url="https://mpp.example.id",
        origins=("https://a.test", "http://b.test:81"),
        trusted_proxy=("127.0.0.1", "10.0.0.0/8"),
        accept_clock=True,
        clock_speed=60,
        log_level="warning",
    )


def test_a_flag_counts_before_a_variable() -> None:
    assert read(parsed("--port", "1"), {"ANTREAN_PORT": "2"}).port == 1
    assert read(parsed(), {"ANTREAN_DEMO": "0"}).demo is False
    assert read(parsed(), {"ANTREAN_HOST": ""}).host == "127.0.0.1"


def test_the_first_password_comes_by_the_environment_alone() -> None:
    assert "admin_password" not in parsed()
    secret = read(parsed(), {"ANTREAN_ADMIN_PASSWORD": "kata sandi"}).admin_password
    assert secret == "kata sandi"
    with pytest.raises(BadSetting) as fault:
        read(parsed(), {"ANTREAN_ADMIN_PASSWORD": "pendek"})
    assert "pendek" not in str(fault.value)


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ("--port", "x"), ("--port", "65536"), ("--port", "-1"), ("--port", "8e3"),
        ("--host", "a b"), ("--host", "http://x"), ("--public-url", "mpp.example.id"),
        ("--public-url", "ftp://x"), ("--public-url", "https://x/path"), ("--public-url", "https://"),
        ("--origins", "x"), ("--origins", "https://a.test,*"), ("--trusted-proxy", "proxy"),
        ("--trusted-proxy", "10.0.0.0/99"), ("--demo-speed", "0"), ("--demo-speed", "fast"),
        ("--demo-speed", "-1"), ("--demo-speed", "nan"), ("--log-level", "debug"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_with_its_remedy(
    flag: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", f"{flag}={value}"]) == 2
    told = capsys.readouterr().err
    assert flag in told
    assert "give" in told
    with pytest.raises(BadSetting, match="ANTREAN_"):
        read(parsed(), {f"ANTREAN_{flag[2:].replace('-', '_').upper()}": value})


def test_every_setting_is_in_the_manual() -> None:
    manual = Path(__file__).parents[2].joinpath("docs", "operations.md").read_text()
    for option in OPTIONS:
        if not option.hidden:
            assert option.variable in manual, option.variable
            assert option.env_only or f"`{option.option}`" in manual, option.option


@pytest.mark.parametrize("arguments", [[], ["none"], ["serve", "--none"], ["check", "--none"]])
def test_wrong_usage_is_exit_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_bad_catalogue_is_exit_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('[site]\nname = 5\n[[service]]\nid = "x"\n')
    for command in ("serve", "check"):
        data = ["--data", str(tmp_path / "d")] if command == "serve" else []
        assert main([command, "--catalogue", str(bad), *data]) == 2
        told = capsys.readouterr().err
        assert "bad.toml" in told
        assert "[site]" in told
        assert "[[service]]" in told
    assert not (tmp_path / "d").exists()


def test_the_voices_files_are_looked_at_before_the_start(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('spell = ["XYZ"]', encoding="utf-8")
    given = read(parsed("--voice-clips", str(tmp_path), "--voice-words", str(words)), {})
    assert (given.voice_clips, given.voice_words) == (tmp_path, words)
    with pytest.raises(BadSetting, match=r"--voice-clips 'none': there is no such folder"):
        read(parsed("--voice-clips", "none"), {})
    words.write_text("spell = 1", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"ANTREAN_VOICE_WORDS .*spell: write a list"):
        read(parsed(), {"ANTREAN_VOICE_WORDS": str(words)})
